import type { Interpreter } from './interpreter.ts';
import { data, params, pythonParameter } from './parameters.ts';
import { schemaOfType, validated } from './schema.ts';
import { textual } from './tables/cleaners.ts';
import { noTaints, unknownValue, type ClassValue, type Closure } from './value.ts';

/** Methods of classes of a framework that are given what a peer sent. */
const receivers: readonly { readonly base: RegExp; readonly methods: RegExp }[] = [
  { base: /(?:^| )channels\.generic\.websocket\.\w*Consumer\b/, methods: /^(?:receive|receive_json|websocket_receive)$/ },
  { base: /(?:^| )asyncio\.(?:\w+\.)?(?:Protocol|DatagramProtocol|BufferedProtocol)\b/, methods: /^(?:data_received|datagram_received)$/ },
  { base: /(?:^| )twisted\.(?:[\w.]*\.)?(?:Protocol|LineReceiver|DatagramProtocol)\b/, methods: /^(?:dataReceived|lineReceived|datagramReceived)$/ },
  { base: /(?:^| )tornado\.websocket\.WebSocketHandler\b/, methods: /^on_message$/ },
  { base: /(?:^| )autobahn\.[\w.]*WebSocketServerProtocol\b/, methods: /^onMessage$/ },
  { base: /(?:^| )litserve\.LitAPI\b/, methods: /^(?:decode_request|predict)$/ },
  { base: /(?:^| )kserve\.(?:model\.)?Model\b/, methods: /^(?:preprocess|predict)$/ },
  { base: /(?:^| )rasa_sdk\.Action\b/, methods: /^run$/ },
];
const formViews = /(?:^| )django\.views\.generic(?:\.edit)?\.(?:FormView|CreateView|UpdateView)\b/;

/** Gives a method of a class what its framework calls it with. */
export function receive(interpreter: Interpreter, cls: ClassValue, bases: string, closure: Closure, method: string): void {
  const base = ` ${bases}`;
  if (receivers.some((one) => one.base.test(base) && one.methods.test(method))) closure.entry ??= params(closure).map((param, at) => (param.rest ? undefined : data(interpreter, 'ws.Message', closure, at)));
  if (/(?:^| )cog\.BasePredictor\b/.test(base) && method === 'predict') closure.entry ??= params(closure).map((param, at) => pythonParameter(interpreter, closure, at, 'fastapi.Param', param.type ? schemaOfType(interpreter, param.type) : undefined));
  if (/(?:^| )graphene\.(?:\w+\.)*(?:ObjectType|Mutation)\b/.test(base) && /^(?:resolve_\w+|mutate)$/.test(method)) closure.entry ??= closure.node.params.slice(1).map((param, at) => (param.target.kind === 'name' && /^_?(?:root|parent|obj|self|info|_)$/.test(param.target.name) ? unknownValue : pythonParameter(interpreter, closure, at, 'graphql.Args', param.type ? schemaOfType(interpreter, param.type) : { clean: textual })));
  if (/(?:^| )\w+_pb2_grpc\.\w+Servicer\b/.test(base) && /^[A-Z]/.test(method)) closure.entry ??= params(closure).map((_, at) => (at === 0 ? data(interpreter, 'grpc.Request', closure, at) : unknownValue));
  // Parts of the address that the pattern of a route takes.
  if (/(?:^| )tornado\.Handler(?: |$)/.test(base) && /^(?:get|post|put|patch|delete|head)$/.test(method)) closure.entry ??= params(closure).map((_, at) => data(interpreter, 'flask.Param', closure, at));
  // A form that is not known may have checked anything.
  if (formViews.test(base) && (method === 'form_valid' || method === 'form_invalid')) {
    const schema = cls.statics.get('form_class')?.cls?.schema;
    if (schema) closure.entry ??= [{ taints: noTaints, fields: new Map([['cleaned_data', validated(schema, unknownValue, data(interpreter, 'django.Param', closure, 0, 'the form').taints)]]), complete: false }];
  }
}
