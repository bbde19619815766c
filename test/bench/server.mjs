// The built language server as a process, started as the client starts it, driven over standard input and output.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

export async function startServer(folder, settings = { debounce: 0 }) {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=8', 'dist/server.js', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, MALLOC_ARENA_MAX: '2' } });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  connection.onRequest('workspace/configuration', ({ items }) => items.map(() => settings));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.listen();
  const uri = `file://${folder}`;
  await connection.sendRequest('initialize', { processId: null, rootUri: uri, workspaceFolders: [{ uri, name: 'bench' }], capabilities: { workspace: { configuration: true, workspaceFolders: true }, textDocument: { diagnostic: {} }, window: { workDoneProgress: true } } });
  await connection.sendNotification('initialized', {});
  const ready = performance.now() - begun;
  return {
    connection, ready,
    /** CPU seconds used so far, and resident and peak memory in MB. */
    usage: () => {
      const stat = fs.readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ');
      const status = fs.readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return { cpu: (Number(stat[13]) + Number(stat[14])) / 100, resident: Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024, peak: Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024 };
    },
    stop: async () => {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit').catch(() => undefined);
      connection.dispose();
    },
  };
}

/** Milliseconds from an edit to the diagnostics of the text after it, for a number of edits at changing places. */
export async function typing(server, uri, languageId, text, edits = 40) {
  const { connection } = server;
  await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  const lines = text.split('\n');
  const out = [];
  for (let at = 0; at < edits; at++) {
    const line = (at * 37) % lines.length;
    const position = { line, character: lines[line].length };
    const begun = performance.now();
    await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: at + 2 }, contentChanges: [{ range: { start: position, end: position }, text: ' ' }] });
    await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    out.push(performance.now() - begun);
    lines[line] += ' ';
  }
  return out.sort((a, b) => a - b)[Math.floor(edits / 2)];
}
