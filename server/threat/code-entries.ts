import type { CodeAnalysis } from '../analysis/code/analyze.ts';
import type { CodeCall } from '../analysis/code/events.ts';
import type { FunctionNode } from '../model/code-tree.ts';
import type { Origin } from '../model/origin.ts';
import { fileOfPart } from '../source/notebook.ts';

/** A way in from outside. */
export interface Entry {
  readonly protocol: string;
  /** The path of its address, where one is known: `/api/chat`. */
  readonly address: string | undefined;
  /** True when something on the way asks who calls; undefined where nothing is seen. */
  readonly authenticated: true | undefined;
  readonly origin: Origin;
}

const guardName = /auth|guard|login|session|token|jwt|protect|require|verify|permission|current_?user/i;
/** Functions that say who calls. */
const identifies = /(?:^|\.)(?:auth|getServerSession|getSession|currentUser|getUser|getClaims|getCurrentUser|get_current_user|requireAuth|requireUser|validateRequest|verifySession|verifyToken|getToken|withAuth|verifyIdToken|get_user|verify_jwt_in_request)$/;
const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const streamlitInputs = /^streamlit\.(?:text_input|text_area|chat_input|file_uploader|button|form_submit_button|selectbox|number_input|camera_input|audio_input)$/;

/** How the outside world enters the code of a file: routes, handlers known by where they stand, server actions, user interfaces. */
export function entriesOf(analysis: CodeAnalysis, path: string): readonly Entry[] {
  const file = fileOfPart(path);
  const out: Entry[] = [];
  for (const route of analysis.routes) {
    if (route.method === 'use' || /^middleware|^on$|^options$|^head$/.test(route.method) || route.origin.path !== path) continue;
    const guarded = route.guards.some((guard) => guardName.test(guard.name ?? guard.fn?.node.name ?? '')) || (route.closure !== undefined && asksWho(analysis, route.closure.node));
    out.push({ protocol: `${route.method} ${route.path ?? ''}`.trim(), address: route.path, authenticated: guarded ? true : undefined, origin: route.origin });
  }
  const whole: Origin = { path, range: { start: 0, end: 0 } };
  const handler = (name: string, address: string | undefined, protocol = name): void => {
    const node = analysis.names.get(name)?.fn?.node;
    if (!analysis.names.has(name)) return;
    out.push({ protocol: `${protocol} ${address ?? ''}`.trim(), address, authenticated: node && asksWho(analysis, node) ? true : undefined, origin: node ? { path, range: { start: node.nameStart ?? node.start, end: node.nameEnd ?? node.start } } : whole });
  };
  const address = addressOfFile(file);
  if (/(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$|\/\+server\.[jt]s$/.test(file)) for (const verb of verbs) handler(verb, address);
  else if (/(?:^|\/)pages\/api\/.*\.[cm]?[jt]sx?$/.test(file)) out.push({ protocol: `request ${address ?? ''}`.trim(), address, authenticated: analysis.calls.some((call) => identifies.test(call.written)) ? true : undefined, origin: whole });
  else if (/(?:^|\/)app\/routes\//.test(file)) for (const name of ['loader', 'action']) handler(name, undefined);
  if (analysis.module.directives.includes('use server')) {
    const actions = [...analysis.names].filter(([, value]) => value.fn?.node.isAsync === true && value.fn.path === path);
    if (actions.length > 0) out.push({ protocol: 'server action', address: undefined, authenticated: actions.every(([, value]) => asksWho(analysis, value.fn!.node)) ? true : undefined, origin: whole });
  }
  const interactive = analysis.calls.find((call) => streamlitInputs.test(call.name ?? '')) ?? analysis.calls.find((call) => /^gradio\..*(?:#|\.)launch$|^gradio\.(?:Interface|ChatInterface)$/.test(call.name ?? ''));
  if (interactive) out.push({ protocol: interactive.name!.startsWith('gradio') ? 'Gradio' : 'Streamlit', address: undefined, authenticated: analysis.calls.some((call) => /^streamlit_authenticator\.|^streamlit\.login$/.test(call.name ?? '')) ? true : undefined, origin: interactive.origin });
  const chat = analysis.module.body.find((one) => one.kind === 'import' && one.module === 'chainlit');
  if (chat) out.push({ protocol: 'Chainlit', address: undefined, authenticated: undefined, origin: { path, range: { start: chat.start, end: chat.end } } });
  return out;
}

/** The calls of a file that say who calls, looked for once: each route asks. */
const identifying = new WeakMap<CodeAnalysis, CodeAnalysis['calls']>();

function asksWho(analysis: CodeAnalysis, node: FunctionNode): boolean {
  let calls = identifying.get(analysis);
  if (!calls) identifying.set(analysis, (calls = analysis.calls.filter((call) => identifies.test(call.written))));
  return calls.some((call) => call.within.includes(node));
}

/** Where frameworks that go by files serve one: groups in brackets do not show in the address. */
function addressOfFile(file: string): string | undefined {
  const found = /(?:^|\/)(?:app|pages|routes)\/(.*)$/.exec(file)?.[1]?.replace(/(?:\/|^)(?:route|\+server|index)?\.?[cm]?[jt]sx?$/, '').replace(/\.[cm]?[jt]sx?$/, '');
  if (found === undefined) return undefined;
  const address = found.split('/').filter((part) => part !== '' && !/^\(.*\)$/.test(part) && part !== 'route' && part !== '+server').join('/');
  return `/${address}`;
}

/** The module runs in a browser. */
export function runsInBrowser(analysis: CodeAnalysis): boolean {
  return analysis.module.directives.includes('use client') || (/^[jt]sx$/.test(analysis.module.path.slice(analysis.module.path.lastIndexOf('.') + 1)) && analysis.calls.some((call) => /^react\.use(?:State|Effect|Ref|Reducer|LayoutEffect|Context|Callback)$/.test(call.name ?? '') || isClientHook(call.name ?? '')));
}

const hooks = /^(?:@ai-sdk\/(?:react|vue|svelte|solid)|ai\/(?:react|vue|svelte|solid))\.(useChat|Chat|useCompletion|experimental_useObject|useObject|useAssistant)$/;

/** The path of an endpoint of the program's own that a call asks: `fetch('/api/vote')`, `useChat()`. */
export function ownEndpoint(call: CodeCall): string | undefined {
  const hook = hooks.exec(call.name ?? '')?.[1];
  if (hook !== undefined) {
    const options = call.args[0]?.value.fields;
    const transport = options?.get('transport')?.call?.args[0]?.value.fields;
    const given = options?.get('api')?.constant ?? transport?.get('api')?.constant;
    return typeof given === 'string' ? plain(given) : hook === 'useCompletion' ? '/api/completion' : '/api/chat';
  }
  if (!/^(?:fetch|axios(?:\.\w+)?|ky(?:\.\w+)?|got(?:\.\w+)?|swr(?:\.useSWR)?|swr\/immutable)$/.test(call.name ?? '')) return undefined;
  const value = call.args[0]?.value;
  const lead = typeof value?.constant === 'string' ? value.constant : value?.parts?.[0];
  return lead !== undefined && /^\/(?!\/)/.test(lead) ? plain(lead) : undefined;
}

export function isClientHook(name: string): boolean {
  return hooks.test(name);
}

function plain(address: string): string {
  return address.replace(/[?#].*$/, '').replace(/(.)\/$/, '$1');
}
