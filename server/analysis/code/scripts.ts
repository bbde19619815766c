import { detached } from '../../base/detach.ts';
import type { CodeCall } from './events.ts';
import { current, type Interpreter } from './interpreter.ts';
import { confidential } from './kinds.ts';
import { sourced } from './sources.ts';
import { joinTaints, noTaints, taintsIn, type Taint, type Value } from './value.ts';

/** Files of fixed names, with the untrusted text that was written to them. */
const fixed = new WeakMap<Interpreter, Map<string, readonly Taint[]>>();

const byPath = /^(?:fs\.(?:promises\.)?(?:writeFile|appendFile)(?:Sync)?|fs\.outputFile(?:Sync)?|Bun\.write|Deno\.write(?:Text)?File(?:Sync)?)$/;
const byCommand = /^(?:subprocess\.(?:run|call|check_call|check_output|Popen)|os\.system|get_ipython\(\)\.(?:system|getoutput)|IPython\.get_ipython\(\)\.(?:system|getoutput)|urllib\.request\.urlretrieve|wget\.download|child_process\.exec(?:Sync)?)$/;
const byReceiver = /^pathlib\.Path#write_(?:text|bytes)$/;
const byHandle = /(?:^|\.)(?:open|NamedTemporaryFile|TemporaryFile|fdopen)(?:\(\)|#)\.?(?:write|writelines)$/;

const ways = new Map<string, 'path' | 'command' | 'receiver' | 'handle' | undefined>();

/** How a call of this name writes a file, if it does. */
function waysOf(name: string): 'path' | 'command' | 'receiver' | 'handle' | undefined {
  if (!ways.has(name)) {
    if (ways.size > 20_000) ways.clear();
    ways.set(detached(name), byPath.test(name) ? 'path' : byCommand.test(name) ? 'command' : byReceiver.test(name) ? 'receiver' : byHandle.test(name) ? 'handle' : undefined);
  }
  return ways.get(name);
}

/** Remembers what a call writes to a file, so that running or reading that file later is seen. */
export function noteWritten(interpreter: Interpreter, call: CodeCall, name: string): void {
  const how = waysOf(name);
  if (how === undefined) return;
  const [first, second] = call.args;
  if (how === 'path') hold(interpreter, first?.value, second?.value);
  else if (how === 'command') downloaded(interpreter, call);
  else if (how === 'receiver') hold(interpreter, call.receiver, first?.value);
  else {
    const opened = call.receiver?.call;
    hold(interpreter, opened && /open$/.test(opened.name ?? '') ? opened.node.callee.kind === 'member' && opened.receiver ? opened.receiver : opened.args[0]?.value : call.receiver, first?.value);
  }
}

/** Remembers the file that `wget` or `curl` of a command, or `urlretrieve`, leaves. */
function downloaded(interpreter: Interpreter, call: CodeCall): void {
  const [first, second] = call.args;
  const words = first?.value.items ? first.value.items.map((one) => String(one.constant ?? '')).join(' ') : typeof first?.value.constant === 'string' ? first.value.constant : '';
  moved(interpreter, words);
  const fetched = /retrieve$|wget\.download$/.test(call.name ?? '');
  const url = /https?:\/\/[^\s'"]+/.exec(words)?.[0];
  if (!url || (!fetched && !/\b(?:wget|curl|gdown|aria2c)\b/.test(words))) return;
  const named = fetched ? second?.value.constant : / -(?:O|o)[ =]?['"]?([\w./-]+)/.exec(words)?.[1];
  const file = typeof named === 'string' && named !== '-' ? named : fetched || /\bwget\b| -\w*O\b/.test(words) ? url.replace(/[?#].*$/, '').split('/').at(-1)! : undefined;
  if (!file) return;
  keep(interpreter, file, sourced(interpreter, 'web', 'download()', call.node, `the download of ${file}`).taints);
}

/** What stands in a file stands in its copy, and in the file that it becomes. */
function moved(interpreter: Interpreter, words: string): void {
  const [, from, to] = /(?:^|[;&]\s*)(?:mv|cp)\s+(?:-\w+\s+)*([^\s;&|]+)\s+([^\s;&|]+)\s*(?=$|[;&])/.exec(words) ?? [];
  const taints = from === undefined ? undefined : fixed.get(interpreter)?.get(from.replace(/^\.\//, ''));
  if (taints && to !== undefined) keep(interpreter, (to.endsWith('/') ? `${to}${from!.split('/').at(-1)!}` : to).replace(/^\.\//, ''), taints);
}

function keep(interpreter: Interpreter, file: string, taints: readonly Taint[]): void {
  let own = fixed.get(interpreter);
  if (!own) fixed.set(interpreter, (own = new Map()));
  own.set(file, joinTaints(own.get(file) ?? noTaints, taints));
}

function hold(interpreter: Interpreter, file: Value | undefined, content: Value | undefined): void {
  if (!file || !content) return;
  const taints = current(interpreter, taintsIn(content)).filter((taint) => !confidential.has(taint.label));
  if (taints.length === 0) return;
  if (typeof file.constant === 'string') keep(interpreter, file.constant, taints);
  if (!Object.isFrozen(file)) file.holds = joinTaints(file.holds ?? noTaints, taints);
}

/** Files that commands send on or write. */
const sentOn = /\s(?:-T|--upload-file|-d|--data(?:-binary|-raw)?|-F|--form|-o|-O|--output)[\s=]+\S+/g;
/** Commands that move, show or unpack the files that they name, where no other command reads what they print. */
const handled = /(?:^|[;&|]\s*)(?:sudo\s+)?(?:mv|cp|ls|rm|mkdir|rmdir|touch|chmod|chown|ln|cat|head|tail|wc|file|du|stat|less|grep|unzip|gunzip|tar|zip|md5sum|sha\d+sum|cmp|diff)\s[^;&|]*(?=$|[;&])/g;
/** Files that nothing runs. */
const isData = /\.(?:png|jpe?g|gif|webp|csv|tsv|jsonl?|txt|md|ya?ml|zip|t?gz|tar|bz2|xz|parquet|npz|npy|pdf|html?|xml|wav|mp[34])$/i;

/** The call that ran a download first: whoever has let it in once has let it in. */
const ranBy = new WeakMap<readonly Taint[], CodeCall['node']>();

/** Untrusted text in the file that a value names; in a command, in any file that it names, of which each is met in the first command that runs it. */
export function heldBy(interpreter: Interpreter, file: Value, command?: CodeCall): readonly Taint[] {
  const own = fixed.get(interpreter);
  let taints = file.holds ?? noTaints;
  if (own) {
    const text = typeof file.constant === 'string' ? file.constant : (file.parts ?? []).filter((part) => part !== undefined).join(' ');
    if (text !== '') {
      for (const word of [text, ...text.replace(handled, ' ').replace(sentOn, ' ').split(/\s+/)]) {
        const held = word === text || !isData.test(word) ? own.get(word) ?? own.get(word.replace(/^\.\//, '')) : undefined;
        if (!held) continue;
        const first = command && (ranBy.get(held) ?? command.node);
        if (first) ranBy.set(held, first);
        if (first === command?.node) taints = joinTaints(taints, held);
      }
    }
  }
  return taints;
}
