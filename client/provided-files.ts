import * as vscode from 'vscode';
import type { BaseLanguageClient, CancellationToken } from 'vscode-languageclient';
import * as protocol from '../server/lsp/protocol.ts';

/** Folders that are read at the same time; each may be a request to a server. */
const atOnce = 8;

/** Answers the server's questions for files that it cannot read by itself, through the editor's file systems. */
export function provideFiles(client: BaseLanguageClient): vscode.Disposable[] {
  return [
    client.onRequest(protocol.listFilesRequest, (params: protocol.ListFilesParams, token: CancellationToken) => listFiles(params, token)),
    client.onRequest(protocol.readFilesRequest, async ({ files }: protocol.ReadFilesParams): Promise<protocol.ReadFilesResult> => ({ files: await Promise.all(files.map(({ uri, limit }) => readFile(vscode.Uri.parse(uri), limit))) })),
  ];
}

/** Folders nearer to the root come first, so that what the limit leaves out lies deep. Links are not followed: they may lead in circles. */
async function listFiles({ folders, skip, limit }: protocol.ListFilesParams, token: CancellationToken): Promise<protocol.ListFilesResult> {
  const uris: string[] = [];
  const skipped = new Set(skip);
  let level = folders.map((folder) => vscode.Uri.parse(folder));
  while (level.length > 0) {
    const next: vscode.Uri[] = [];
    for (let at = 0; at < level.length; at += atOnce) {
      if (token.isCancellationRequested || uris.length > limit) return { uris: uris.slice(0, limit), truncated: true };
      for (const [folder, entries] of await Promise.all(level.slice(at, at + atOnce).map(async (one) => [one, await entriesOf(one)] as const))) {
        for (const [name, type] of entries) {
          const uri = vscode.Uri.joinPath(folder, name);
          if (type === vscode.FileType.File) uris.push(uri.toString());
          else if (type === vscode.FileType.Directory && !skipped.has(name)) next.push(uri);
        }
      }
    }
    level = next;
  }
  return { uris: uris.slice(0, limit), truncated: uris.length > limit };
}

async function entriesOf(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).sort(([a], [b]) => (a < b ? -1 : 1));
  } catch {
    return [];
  }
}

async function readFile(uri: vscode.Uri, limit: number): Promise<protocol.ReadFilesResult['files'][number]> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > limit) return { skipped: `too large (${size} bytes, limit ${limit})` };
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes) };
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes) };
    return bytes.subarray(0, 8192).includes(0) ? { skipped: 'binary' } : { text: new TextDecoder().decode(bytes) };
  } catch (error) {
    return { skipped: `unreadable (${error instanceof vscode.FileSystemError ? error.code : 'error'})` };
  }
}
