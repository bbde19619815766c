import type { CodeCall, Value } from '../server/rule/code.ts';

/** The command line that a process call runs, where its fixed words are known; computed words are left as `…`. */
export function commandOf(call: CodeCall): string | undefined {
  const first = call.args[0]?.value;
  if (!first) return undefined;
  const words = first.items ? first.items.map(wordOf) : [wordOf(first)];
  const second = call.args[1]?.value.items;
  if (!first.items && second && call.args[1]?.name === undefined) words.push(...second.map(wordOf));
  const line = words.join(' ').trim();
  return line.replace(/…|\s/g, '') === '' ? undefined : line;
}

function wordOf(value: Value): string {
  if (value.constant !== undefined && value.constant !== null) return String(value.constant);
  return value.parts ? value.parts.map((part) => part ?? '…').join('') : value.name === 'sys.executable' ? 'python' : '…';
}

/** Calls that start a program, of both languages and of notebooks. */
export const processes: readonly string[] = ['os.{system,popen}', 'subprocess.{run,call,Popen,check_call,check_output,getoutput}', 'asyncio.create_subprocess_shell', 'get_ipython().{system,getoutput}', 'child_process.{exec,execSync,spawn,spawnSync,execFile,execFileSync}', 'execa', 'execa.{execa,execaCommand}'];
