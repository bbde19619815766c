// A TypeScript repository of at least 300,000 lines: cold scan, memory, and the scan after one edit in the language server.
import fs from 'node:fs';
import path from 'node:path';
import { startServer } from './server.mjs';

const wanted = 300_000;
const endings = ['.ts', '.tsx', '.mts', '.cts'];

/** Copies the TypeScript files of a folder, again and again in folders of their own until there are lines enough. */
function copyTypeScript(from, target) {
  const paths = [];
  const walk = (folder) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      if (/^(?:node_modules|\.git|dist|\.host|\.out)$/.test(entry.name)) continue;
      const at = path.join(folder, entry.name);
      if (entry.isDirectory()) walk(at);
      else if (entry.isFile() && endings.some((ending) => entry.name.endsWith(ending))) paths.push(at);
    }
  };
  walk(from);
  let lines = 0;
  let bytes = 0;
  let files = 0;
  let first;
  for (let round = 0; paths.length > 0 && (round === 0 || lines < wanted); round++) {
    for (const one of paths) {
      const text = fs.readFileSync(one, 'utf8');
      const copy = path.join(target, `part${round}`, path.relative(from, one));
      fs.mkdirSync(path.dirname(copy), { recursive: true });
      fs.writeFileSync(copy, text);
      lines += text.split('\n').length;
      bytes += Buffer.byteLength(text);
      files++;
      // A file of middle size is the one that is edited.
      if (first === undefined && text.length > 4000 && text.length < 12_000) first = copy;
    }
  }
  return { lines, files, megabytes: bytes / 1e6, edited: first };
}

export async function largeRepository(row, measure, scratch, from) {
  const target = path.join(scratch, 'large');
  const { lines, files, megabytes, edited } = copyTypeScript(from, target);
  const size = `${lines.toLocaleString('en')} lines in ${files.toLocaleString('en')} files, ${megabytes.toFixed(1)} MB`;
  const cold = await measure(process.execPath, ['dist/cli.js', 'scan', target, '--format', 'json', '--no-config', '--quiet', '--output', path.join(scratch, 'large.json')]);
  row('cold scan of a large TypeScript repository', `${(megabytes / cold.seconds).toFixed(2)} MB/s`, `${size}; ${cold.seconds.toFixed(0)} s, ${Math.round(lines / cold.seconds).toLocaleString('en')} lines/s, peak ${cold.peak.toFixed(0)} MB`);
  const server = await startServer(target);
  const scan = () => server.connection.sendRequest('wardline/scanWorkspace', {});
  const whole = performance.now();
  await scan();
  const before = performance.now() - whole;
  const text = fs.readFileSync(edited, 'utf8');
  await server.connection.sendNotification('textDocument/didOpen', { textDocument: { uri: `file://${edited}`, languageId: 'typescript', version: 1, text } });
  await server.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: `file://${edited}` } });
  const times = [];
  for (let at = 0; at < 5; at++) {
    await server.connection.sendNotification('textDocument/didChange', { textDocument: { uri: `file://${edited}`, version: at + 2 }, contentChanges: [{ text: `${text}\nexport const edit${at} = ${at};\n` }] });
    const begun = performance.now();
    await scan();
    times.push(performance.now() - begun);
  }
  const again = times.sort((a, b) => a - b)[2];
  row('scan of it again after one edit, in the language server', `${again.toFixed(0)} ms`, `median; the first took ${(before / 1000).toFixed(0)} s, ${(before / again).toFixed(0)} times as long; server at ${server.usage().resident.toFixed(0)} MB, peak ${server.usage().peak.toFixed(0)} MB`);
  await server.stop();
}
