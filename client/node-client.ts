import type * as vscode from 'vscode';
import { LanguageClient, TransportKind, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';

/**
 * A server runs all day beside other programs, so it is started to hold little: V8's young generation stays at 8 MB a half instead of 16,
 * and glibc keeps two pools of freed memory instead of eight for each processor (`mallopt(3)`), of which V8's compiler threads fill most.
 */
const execArgv = ['--max-semi-space-size=8'];
const env = { MALLOC_ARENA_MAX: '2' };

/** The language server as a process of its own. */
export function createNodeClient(context: vscode.ExtensionContext, options: LanguageClientOptions): LanguageClient {
  const module = context.asAbsolutePath('dist/server.js');
  const server: ServerOptions = {
    run: { module, transport: TransportKind.ipc, options: { execArgv, env } },
    debug: { module, transport: TransportKind.ipc, options: { env, execArgv: [...execArgv, '--nolazy', '--inspect=6009'] } },
  };
  return new LanguageClient('wardline', 'Wardline', server, options);
}
