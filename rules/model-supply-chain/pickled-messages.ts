import { defineRule, type Report, type Rule } from '../../server/rule/rule.ts';
import { constantOf, option, type CodeCall } from '../_calls.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

const message = 'What another process sends is unpickled.';

function judge(call: CodeCall): Report | undefined {
  const name = call.name!;
  if (/recv_pyobj$/.test(name)) return { at: call.callee, message };
  if (name.endsWith('enable_insecure_serializers')) return { at: call.origin, message: 'Workers unpickle what they find in the queue.' };
  if (/connection\.(?:Listener|Client)$/.test(name)) {
    const address = option(call, 'address') ?? option(call, 0);
    const key = option(call, 'authkey') ?? option(call, 3);
    const remote = address?.value.items !== undefined && !/^(?:localhost|127\.|::1)/.test(String(address.value.items[0]?.constant ?? '')) && typeof address.value.items[0]?.constant === 'string';
    return remote && (!key || constantOf(key) === null) && !call.args.some((one) => one.spread !== undefined) ? { at: call.callee, message: `${message.slice(0, -1)}, whoever it is.` } : undefined;
  }
  if (/^(?:kafka\.|rq\.|dramatiq|huey)/.test(name)) {
    const found = option(call, 'value_deserializer') ?? option(call, 'serializer') ?? option(call, 'key_deserializer');
    return found && /(?:^|\.)(?:pickle|dill|cloudpickle|marshal)(?:\.loads)?$/.test(found.value.name ?? '') ? { at: found.origin, message } : undefined;
  }
  const config = option(call, 'protocol_config');
  const open = ['allow_pickle', 'allow_all_attrs', 'allow_setattr'].find((key) => config?.value.fields?.get(key)?.constant === true);
  if (config && open) return { at: config.origin, message: open === 'allow_pickle' ? message : 'Whoever connects reaches every attribute of the objects, and by them all code.' };
  const service = option(call, 0);
  return /(?:SlaveService|ClassicService)$/.test(service?.value.name ?? '') ? { at: service!.origin, message: 'Whoever connects runs code.' } : undefined;
}

export default [
  defineRule({
    id: 'model-supply-chain/unpickled-messages', title: 'Messages of other processes that are unpickled', severity: 'high', confidence: 'high', references: ['CWE-502', 'AML.T0011.000', 'SI-10'],
    what: 'Reports sockets, queues and remote objects of ZeroMQ, multiprocessing, Kombu, Kafka, Pyro and RPyC that read what they are sent with pickle, or let a peer reach every attribute.', why: 'Whoever can send a message runs code in this process.',
    whenNotToUse: 'Between processes of one machine, on a socket that nobody else can open.', noFix: 'Both sides have to change to JSON or another format of plain data.',
    checks: [
      {
        on: 'call', callees: ['zmq.Socket#recv_pyobj', 'zmq.Context().socket().recv_pyobj', 'zmq.{Context,asyncio.Context}#socket().recv_pyobj', 'zmq.asyncio.Socket#recv_pyobj', 'kombu.serialization.enable_insecure_serializers', 'kombu.enable_insecure_serializers', 'multiprocessing.connection.{Listener,Client}', 'kafka.KafkaConsumer', 'rq.{Queue,Worker}', 'rpyc.utils.server.{ThreadedServer,ForkingServer,OneShotServer,ThreadPoolServer}', 'rpyc.{ThreadedServer,ForkingServer}'],
        check: (call, context) => { const found = isTest(context.document.path) ? undefined : judge(call); if (found) context.report(found); },
      },
      {
        on: 'code', words: ['SERIALIZER', 'Pyro'], alone: /\bPyro[45]?\.config\.SERIALIZER/,
        check: (code, context) => {
          if (isTest(context.document.path)) return;
          for (const one of code.assignments) {
            if (!/^Pyro[45]?\.config\.(?:SERIALIZER|SERIALIZERS_ACCEPTED)$/.test(one.written)) continue;
            if ([one.value, ...one.value.items ?? []].some((value) => /^(?:pickle|cloudpickle|dill|marshal)$/.test(String(value.constant)))) context.report({ at: one.origin, message });
          }
        },
      },
    ],
    examples: [
      { file: 'worker.py', bad: sample(['import zmq', 'socket = zmq.Context().socket(zmq.PULL)', 'task = «socket.recv_pyobj»()']), good: sample(['import zmq', 'socket = zmq.Context().socket(zmq.PULL)', 'task = socket.recv_json()']) },
      { file: 'remote.py', bad: sample(['import Pyro4', 'Pyro4.config.SERIALIZERS_ACCEPTED = «{"pickle", "json"}»']), good: sample(['import Pyro4', 'Pyro4.config.SERIALIZERS_ACCEPTED = {"json"}']) },
    ],
  }),
] satisfies readonly Rule[];
