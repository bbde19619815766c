import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient, type LanguageClientOptions } from 'vscode-languageclient/browser';

/** The worker's first program, and those that it asks for by name. */
const first = 'server-browser.js';
const others = ['engine.js', 'typescript-estree.js', 'iam-actions.js', 'rules-aws.js', 'rules-azure.js', 'rules-google.js', 'rules-kubernetes.js', 'rules-delivery.js', 'rules-providers.js', 'rules-shared.js'];

/**
 * The language server in a worker of the browser. Its programs are read through the editor and handed over as blobs: an extension's own
 * addresses are of another origin, or of a scheme that only the editor knows, and a worker may load neither.
 */
export function createBrowserClient(context: vscode.ExtensionContext, options: LanguageClientOptions): LanguageClient {
  const read = async (name: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, name)));
  const address = (...parts: BlobPart[]): string => URL.createObjectURL(new Blob(parts, { type: 'text/javascript' }));
  let worker: Worker | undefined;
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  return new LanguageClient('wardline', 'Wardline', async () => {
    worker?.terminate();
    const [program, ...texts] = await Promise.all([first, ...others].map((name) => read(`dist/${name}`)));
    worker = new Worker(address(program!));
    const bundle = await sentences(read);
    worker.postMessage({ wardlineBundle: bundle, wardlinePrograms: Object.fromEntries(others.map((name, at) => [`./${name}`, address('self.wardlineProgram = function (module, exports, require) {', texts[at]!, '\n};')])) });
    // The editor puts a constructor of its own before the worker's, so that the client would not know it as one.
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  }, options);
}

/** What the server says in the language of the editor; undefined for English, and for languages that there is no bundle for. */
async function sentences(read: (name: string) => Promise<Uint8Array>): Promise<unknown> {
  if (vscode.env.language === 'en') return undefined;
  return read(`l10n/server.${vscode.env.language}.json`).then((bytes) => JSON.parse(new TextDecoder().decode(bytes)) as unknown, () => undefined);
}
