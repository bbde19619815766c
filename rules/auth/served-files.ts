import type { Report, Rule } from '../../server/rule/rule.ts';
import { callRule, option, replaceFix, text, type CodeArgument } from '../_calls.ts';
import { sample } from '../_samples.ts';

/** The folder of the program itself, or all of the machine. */
function everything(folder: CodeArgument | undefined): string | undefined {
  const constant = text(folder);
  if (constant === '/' || constant === '/etc' || constant === '/home' || constant === '/root') return 'files of the whole machine';
  if (constant === '.' || constant === './' || constant === '..' || /^(?:__dirname|process\.cwd\(\)|import\.meta\.dirname)$/.test(folder?.value.name ?? '')) return 'the program itself, its settings and its keys';
  return undefined;
}

export default [
  callRule({
    id: 'auth/private-files-served', title: 'Files of the program served to everybody', severity: 'medium', references: ['CWE-200', 'CWE-22', 'CM-7'],
    callees: ['express.static', 'serve-static', 'serve-index', 'koa-static', 'fastify.App#register', 'serve-handler', 'sirv', '@hono/node-server/serve-static.serveStatic'],
    what: 'Reports static file servers whose folder is the program’s own or the whole machine, and those that serve files whose names begin with a dot.',
    why: '`.env`, `.git`, sources and databases lie beside the program; scanners ask for them within hours.', noFix: 'Which files are for everybody has to be decided.',
    judge: (call): Report | undefined => {
      const registered = call.name === 'fastify.App#register';
      if (registered && !/^(?:@fastify\/static|fastify-static)/.test(call.args[0]?.value.name ?? '')) return undefined;
      const folder = option(call, 'root') ?? option(call, 'public') ?? (registered ? undefined : call.args[0]);
      const all = everything(folder);
      if (all !== undefined) return { at: folder!.origin, message: `Everybody can read ${all}.` };
      const dots = option(call, 'dotfiles') ?? option(call, 'hidden') ?? option(call, 'serveDotFiles');
      return dots && (dots.value.constant === 'allow' || dots.value.constant === true) ? { at: dots.origin, message: 'Everybody can read files whose names begin with a dot, such as `.env`.', severity: 'low', fixes: dots.value.constant === 'allow' ? replaceFix(dots, "'ignore'", 'Ignore them', false) : [] } : undefined;
    },
    examples: [
      { file: 'app.ts', bad: sample(["import express from 'express';", 'const app = express();', 'app.use(express.static(«__dirname»));']), good: sample(["import express from 'express';", "import path from 'node:path';", 'const app = express();', "app.use(express.static(path.join(__dirname, 'public')));"]) },
      { file: 'files.ts', bad: sample(["import express from 'express';", 'const app = express();', "app.use(express.static('public', { dotfiles: «'allow'» }));"]), fixed: sample(["import express from 'express';", 'const app = express();', "app.use(express.static('public', { dotfiles: 'ignore' }));"]), good: sample(["import express from 'express';", 'const app = express();', "app.use(express.static('public', { maxAge: 1000 }));"]) },
    ],
  }),
] satisfies readonly Rule[];
