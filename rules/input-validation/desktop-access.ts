import type { Report, Rule } from '../../server/rule/rule.ts';
import type { FunctionNode, Value } from '../../server/rule/code.ts';
import { callRule, option, text } from '../_calls.ts';
import { sample } from '../_samples.ts';

/** Switches of Chromium that take walls down. */
const switches = /^(?:disable-web-security|ignore-certificate-errors|allow-running-insecure-content|no-sandbox|disable-site-isolation-trials|allow-file-access-from-files|ignore-urlfetcher-cert-requests|unsafely-treat-insecure-origin-as-secure)$/;

/** Whether a handler calls back with one fixed answer, whatever it was asked. */
function alwaysSays(fn: FunctionNode, answer: (value: unknown) => boolean): boolean {
  const calls = fn.body.flatMap((one) => ((one.kind === 'expression' || one.kind === 'return') && one.value?.kind === 'call' ? [one.value] : []));
  if (calls.length !== fn.body.length || calls.length === 0) return false;
  const params = new Set(fn.params.flatMap((one) => (one.target.kind === 'name' ? [one.target.name] : [])));
  return calls.some(({ callee, args }) => callee.kind === 'name' && params.has(callee.name) && args[0]?.value.kind === 'literal' && answer(args[0].value.value));
}

const handler = (value: Value | undefined): FunctionNode | undefined => value?.fn?.node;

export default [
  callRule({
    id: 'input-validation/desktop-walls-down', title: 'Desktop program that lets its pages do anything', severity: 'high', references: ['CWE-693', 'CWE-295', 'SI-10'],
    callees: ['electron.app.commandLine.appendSwitch', 'electron.app.on', 'electron.{session.defaultSession,Session#,session.fromPartition()}.{setPermissionRequestHandler,setCertificateVerifyProc}', 'electron.session.defaultSession.setPermissionCheckHandler', 'electron.contextBridge.exposeInMainWorld', 'electron.BrowserWindow#{loadURL,webContents.loadURL}'],
    what: 'Reports switches of Electron that take the browser’s walls down, handlers that allow every permission or accept every certificate, preload scripts that hand all of `ipcRenderer` to the page, and pages that come over connections that are not encrypted.',
    why: 'What gets into a page of the program, a script in an answer of a model for one, then does whatever the program may.', noFix: 'What the page needs has to be listed.', whenNotToUse: 'For a program that shows nothing but files of its own.',
    judge: (call): Report | undefined => {
      const name = call.name!;
      const [first, second] = call.args;
      if (name.endsWith('appendSwitch')) return switches.test(text(first) ?? '') ? { at: first!.origin, message: `${text(first)} takes a wall of the browser down for every page.` } : undefined;
      if (name.endsWith('loadURL')) return /^http:\/\/(?!localhost\b|127\.|\[::1\]|0\.0\.0\.0)/.test(text(first) ?? '') ? { at: first!.origin, severity: 'medium', message: 'The page comes over a connection that is not encrypted.' } : undefined;
      if (name.endsWith('exposeInMainWorld')) {
        const all = [second?.value, ...(second?.value.fields?.values() ?? [])].find((one) => one?.name === 'electron.ipcRenderer' || /^electron\.ipcRenderer\.(?:send|invoke|on|sendSync)$/.test(one?.name ?? ''));
        return all ? { at: second!.origin, message: 'The page can send every message that the program listens to.' } : undefined;
      }
      if (name.endsWith('app.on')) {
        const fn = text(first) === 'certificate-error' ? handler(second?.value) : undefined;
        return fn && fn.body.some((one) => one.kind === 'expression' && one.value.kind === 'call' && one.value.callee.kind === 'name' && one.value.args[0]?.value.kind === 'literal' && one.value.args[0].value.value === true) ? { at: second!.origin, message: 'Certificates that are not valid are accepted.' } : undefined;
      }
      const fn = handler(first?.value);
      if (!fn) return undefined;
      if (name.endsWith('setCertificateVerifyProc')) return alwaysSays(fn, (value) => value === 0) ? { at: first!.origin, message: 'Certificates that are not valid are accepted.' } : undefined;
      return alwaysSays(fn, (value) => value === true) ? { at: first!.origin, severity: 'medium', message: 'Every permission that a page asks for is granted.' } : undefined;
    },
    examples: [
      { file: 'main.ts', bad: sample(["import { app } from 'electron';", "app.commandLine.appendSwitch(«'disable-web-security'»);"]), good: sample(["import { app } from 'electron';", "app.commandLine.appendSwitch('force-color-profile', 'srgb');"]) },
      { file: 'preload.ts', bad: sample(["import { contextBridge, ipcRenderer } from 'electron';", "contextBridge.exposeInMainWorld('api', «{ ipc: ipcRenderer }»);"]), good: sample(["import { contextBridge, ipcRenderer } from 'electron';", "contextBridge.exposeInMainWorld('api', { load: () => ipcRenderer.invoke('load') });"]) },
      { file: 'permissions.ts', bad: sample(["import { session } from 'electron';", 'session.defaultSession.setPermissionRequestHandler(«(contents, permission, done) => done(true)»);']), good: sample(["import { session } from 'electron';", "session.defaultSession.setPermissionRequestHandler((contents, permission, done) => done(permission === 'notifications'));"]) },
    ],
  }),
  callRule({
    id: 'input-validation/upload-without-limit', title: 'Uploads of any size', severity: 'low', references: ['CWE-770', 'SC-5'],
    callees: ['multer', 'express-fileupload', 'express.{json,urlencoded,text,raw}', 'body-parser.{json,urlencoded,text,raw}', 'fastify', 'ws.WebSocketServer', 'ws.Server', 'formidable', '@nestjs/platform-express.{FileInterceptor,FilesInterceptor,AnyFilesInterceptor}'],
    what: 'Reports uploads to memory or disk without a limit on their size, and limits of a hundred megabytes and more on bodies that are read as a whole.', why: 'A few requests fill the memory or the disk of the server.', noFix: 'How large an upload may be has to be decided.', whenNotToUse: 'Where a proxy before the server limits bodies.',
    judge: (call): Report | undefined => {
      const name = call.name!;
      if (name === 'multer' || name === 'express-fileupload') return call.args.length > 0 && call.args[0]!.value.fields && call.args[0]!.value.complete !== false && !option(call, 'limits') ? { at: call.callee, message: 'Files of any size are taken in.' } : undefined;
      for (const place of ['limit', 'bodyLimit', 'maxPayload', 'maxFileSize', 'limits.fileSize']) {
        const found = option(call, place);
        const size = bytes(found?.value.constant);
        if (size !== undefined && size >= 100 * 1024 * 1024) return { at: found!.origin, message: `Bodies of ${typeof found!.value.constant === 'string' ? found!.value.constant : 'any size'} are read into memory.` };
      }
      return undefined;
    },
    examples: [{ file: 'app.ts', bad: sample(["import express from 'express';", 'const app = express();', "app.use(express.json({ limit: «'500mb'» }));"]), good: sample(["import express from 'express';", 'const app = express();', "app.use(express.json({ limit: '1mb' }));"]) }, { file: 'upload.ts', bad: sample(["import multer from 'multer';", "export const upload = «multer»({ dest: 'uploads' });"]), good: sample(["import multer from 'multer';", "export const upload = multer({ dest: 'uploads', limits: { fileSize: 5_000_000 } });"]) }],
  }),
] satisfies readonly Rule[];

/** `500mb`, `1gb`, or a number of bytes. */
function bytes(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const [, count, unit] = typeof value === 'string' ? /^(\d+)\s*([kmg])b?$/i.exec(value) ?? [] : [];
  return count === undefined ? undefined : Number(count) * 1024 ** (['k', 'm', 'g'].indexOf(unit!.toLowerCase()) + 1);
}
