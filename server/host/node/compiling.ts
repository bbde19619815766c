import v8 from 'node:v8';

/** V8 counts the work of a function up to version 11 (Node 20) and its calls from 12 on, and complains on stderr of a flag that it does not have. */
const counts = Number.parseInt(process.versions.v8, 10) < 12
  ? { later: ['--interrupt-budget=1000000'], usual: ['--interrupt-budget=67584'] }
  : { later: ['--invocation-count-for-turbofan=30000', '--invocation-count-for-maglev=800'], usual: ['--invocation-count-for-turbofan=3000', '--invocation-count-for-maglev=400'] };

/**
 * Lets V8 wait longer before it compiles what runs often. A scan calls a great many functions some thousand times and is over: compiling them,
 * in every thread for itself, takes more of the processor than it saves.
 */
export function compileLater(): void {
  for (const flag of counts.later) v8.setFlagsFromString(flag);
}

/** V8's own choice again, for a server that goes on. */
export function compileAsUsual(): void {
  for (const flag of counts.usual) v8.setFlagsFromString(flag);
}
