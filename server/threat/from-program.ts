import type { CodeAnalysis } from '../analysis/code/analyze.ts';
import type { CodeCall } from '../analysis/code/events.ts';
import { argumentAt } from '../analysis/code/sinks.ts';
import { rootCall } from '../analysis/code/stores.ts';
import type { Value } from '../analysis/code/value.ts';
import { directoryName, joinPath } from '../base/path.ts';
import type { ElementFact, Facts, FlowAction, FlowFact } from '../model/threat.ts';

/** What a CDK program says beyond its resources: which file runs in a function, and which grants its methods make. */
export function factsOfProgram(analysis: CodeAnalysis, facts: Facts, path: string): Facts {
  const elementAt = new Map<number, ElementFact>();
  for (const element of facts.elements) if (element.extents[0]?.path === path) elementAt.set(element.extents[0].range.start, element);
  const made = (call: CodeCall | undefined): ElementFact | undefined => (call?.origin.path === path ? elementAt.get(call.origin.range.start) : undefined);
  const elements = facts.elements.map((element) => {
    const call = element.technology === 'aws_lambda_function' ? analysis.calls.find((one) => made(one) === element) : undefined;
    const handler = call && handlerOf(analysis, call, path);
    return handler === undefined ? element : { ...element, aliases: [...element.aliases, `handler:${handler}`] };
  });
  const flows: FlowFact[] = [];
  for (const call of analysis.calls) {
    const method = /[.#](grant\w*|addEventSource|addEventNotification|addTarget|addSubscription)$/.exec(call.written)?.[1];
    if (method === undefined || !call.receiver) continue;
    const owner = made(rootCall(call.receiver));
    const given = call.args.map((one) => made(one.value.call) ?? made(one.value.call?.args[0]?.value.call)).find((one) => one !== undefined);
    if (!owner || !given || owner === given) continue;
    const base = { protocol: undefined, encrypted: undefined, authenticated: undefined, validated: undefined, dataClasses: [], origin: call.origin };
    if (method.startsWith('grant')) flows.push({ ...base, from: given.key, to: owner.key, action: grantAction(method), protocol: 'IAM grant', authenticated: true, dataClasses: owner.dataClasses });
    // What happens in the source runs the function.
    else if (method === 'addEventSource') flows.push({ ...base, from: given.key, to: owner.key, action: 'invoke', protocol: 'event' });
    else flows.push({ ...base, from: owner.key, to: given.key, action: 'invoke', protocol: 'event' });
  }
  return { elements, flows: [...facts.flows, ...flows] };
}

function grantAction(method: string): FlowAction {
  if (/write|put|send|publish|delete|produce/i.test(method) && !/read/i.test(method)) return 'write';
  if (/invoke|start|execution/i.test(method)) return 'invoke';
  return /full|all|admin/i.test(method) ? 'grant' : /readwrite/i.test(method) ? 'use' : 'read';
}

/** The file that a function runs, without its ending. */
function handlerOf(analysis: CodeAnalysis, call: CodeCall, path: string): string | undefined {
  const text = (place: string): string | undefined => {
    const value = argumentAt(call, place)?.value;
    return typeof value?.constant === 'string' ? value.constant : undefined;
  };
  const entry = argumentAt(call, 'entry')?.value;
  const entryPath = entry && pathOf(analysis, entry, path);
  if (entryPath !== undefined) return /\.\w+$/.test(entryPath) ? entryPath.replace(/\.\w+$/, '') : joinPath(entryPath, (text('index') ?? 'index').replace(/\.\w+$/, ''));
  const handler = text('handler');
  const code = argumentAt(call, 'code')?.value.call;
  const folder = code && /[.](?:fromAsset|from_asset|asset)$/.test(code.written) && code.args[0] ? pathOf(analysis, code.args[0].value, path) : undefined;
  const module = handler === undefined ? undefined : /^(.+)\.\w+$/.exec(handler)?.[1];
  return folder === undefined || module === undefined ? undefined : joinPath(folder, module.includes('/') ? module : module.replaceAll('.', '/'));
}

/** A path of the program: relative to where it is started, or joined with the folder of the file. */
function pathOf(analysis: CodeAnalysis, value: Value, file: string): string | undefined {
  if (typeof value.constant === 'string') return value.constant.startsWith('.') || !value.constant.startsWith('/') ? joinPath(rootOf(file), value.constant) : value.constant;
  const at = value.origin;
  const call = value.call ?? analysis.calls.find((one) => at !== undefined && one.origin.path === at.path && one.origin.range.start === at.range.start && one.origin.range.end === at.range.end);
  if (!call || !/^(?:path\.(?:join|resolve)|os\.path\.(?:join|abspath))$/.test(call.name ?? '')) return undefined;
  const parts = call.args.map((one) => one.value.constant);
  const fixed = parts.slice(1);
  if (typeof parts[0] === 'string' || fixed.length === 0 || fixed.some((part) => typeof part !== 'string')) return undefined;
  return joinPath(directoryName(file), (fixed as string[]).join('/'));
}

/** CDK programs are started in the folder above `lib`, `bin` and `stacks`. */
function rootOf(file: string): string {
  const folder = directoryName(file);
  return /\/(?:lib|bin|stacks|src|infra|cdk)$/.test(folder) ? directoryName(folder) : folder;
}
