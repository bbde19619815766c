import { expand } from '../analysis/code/knowledge.ts';
import { canonicalModule } from '../analysis/code/names.ts';
import { modelCalls } from '../analysis/code/tables/models.ts';
import { sinkSpecs } from '../analysis/code/tables/sinks.ts';
import { sources } from '../analysis/code/tables/sources.ts';
import { specifiers } from '../lower/import-graph.ts';
import { isTest } from '../rule/paths.ts';
import { isComponent } from '../source/language.ts';
import type { Rule } from '../rule/rule.ts';
import type { Document } from '../source/document.ts';
import type { LinkedSources } from '../source/sources.ts';
import { composes, composesPython } from './composing-code.ts';
import { mayOwn } from './method-owners.ts';

/** Whether code rules can report in a file: one that neither imports nor calls what a finding needs is not parsed. */
export type CodePrefilter = (document: Document, sources: LinkedSources) => boolean;

/** What needs no import: names that a language has by itself, and handlers that are known by what they are called. */
const globals = {
  python: /\b(?:eval|exec|compile|open|__import__|get_ipython|input|print)\s*\(|\blog\w*(?:\([^()\n]*\))?\s*\.\s*(?:debug|info|warn|error|log|trace|exception)\b|aws_cdk|monocdk|cdktf|pulumi_/,
  script: /\b(?:eval|exec|compile|open|Function|fetch|postMessage|XMLHttpRequest|WebSocket|input)\s*\(|\b(?:setTimeout|setInterval)\s*\(\s*[^\s(a-z]|\b(?:console|localStorage|sessionStorage|Bun|Deno|indexedDB)\s*\.|\bdocument\s*\.\s*(?!(?:pageContent|page_content|metadata|id|text|content|uri|languageId|fileName|lineCount|version)\b)|\bMath\.random\b|\bcrypto\.subtle\b|\.(?:innerHTML|outerHTML|srcdoc|cookie)\b|\blocation\s*(?:=[^=]|\.(?:href|assign|replace|hash|search))|NODE_TLS_REJECT_UNAUTHORIZED|\blog\w*(?:\([^()\n]*\))?\s*\.\s*(?:debug|info|warn|error|log|trace|exception)\b|aws-cdk|monocdk|cdktf|@pulumi|dangerouslySetInnerHTML|__proto__|v-html|bypassSecurityTrust/,
};
const handlers = {
  python: /\bdef\s+(?:lambda_)?handler\b/,
  script: /\bexport\s+default\s+(?:\{|(?:async\s+)?(?:function\b[^(]*)?\(\s*\{?\s*(?:req|request|event|ctx|context|params)\b)|\bexport\s+(?:(?:async\s+)?(?:const|let|function)\s+(?:GET|POST|PUT|PATCH|DELETE|handler|handle|action|loader|load|actions)\b)|\b(?:define(?:Cached)?E|e)ventHandler\s*\(|['"]use server['"]|\bexports\.handler\b|\(\s*(?:_?err(?:or)?\s*,\s*)?req\s*,\s*res\b|\bimport\s+type\s*\{[^}]*\b(?:Request|RequestHandler|NextRequest|NextApiRequest|FastifyRequest|IncomingMessage)\b/,
};
/** What the markup of components shows as HTML, and what frameworks hand to them without an import. */
const components = /v-html|\{@html|set:html|innerHTML|srcdoc|\bAstro\s*\.|\$route\b|\buse(?:Route|Fetch|LazyFetch|AsyncData|LazyAsyncData)\s*[(<]/;
const magics = /^[ \t]*[!%]/m;
/** Data that must not spread, which may be handed to a function of another file. */
const sensitive = /\b(?:user_?|plain_?|raw_?)?(?:password|passphrase|ssn|social_?security_?number|credit_?card|card_?number|cvv|passport_?(?:number|no)|iban|diagnos[ie]s|date_?of_?birth|access_?token|refresh_?token)\b/i;
/** Families of packages whose classes go by one name; see analysis/code/names. */
const families = /^(?:inngest|beeai-framework|crawl4ai|pandasai|@zilliz|optimum|setfit|gliner|span_marker|adapters|parler_tts|colpali_engine|@?langchain|langgraph|llama_?index|@llamaindex|autogen|pyautogen|ag2|crewai|smolagents|agno|phi|mcp|fastmcp|@modelcontextprotocol|pydantic_ai|browser_use|semantic_kernel|haystack|dspy|instructor|genkit|@genkit-ai|@mastra|strands|google|starlette|quart|fastapi|django|rest_framework|tornado|@nestjs|@trpc|@remix-run|@sveltejs|socket\.io|graphql|@apollo|aws-lambda|next(?![\w-]|\/(?:image|link|font|script|dynamic|head|types)\b)|hono|@hono|koa|@koa|@hapi|h3|elysia|unsloth|vllm|diffusers|peft|sentence_transformers|tls|https|ssl|crypto|cryptography|Crypto|jwt|jose|jsonwebtoken|passlib|flask_cors|cors|@fastify|express-session|gradio|streamlit|celery|kombu)/;
/** A module's names where they are written as the module's, or where it goes by another name and anything may be. */
const of = (module: string, names: string): RegExp => new RegExp(String.raw`(?<![\w.])${module}\s*\.\s*(?:${names})\b|\bfrom\s+${module}\s+import\b(?:\s*\([^)]*|[^\n]*)\b(?:${names})\b|\bimport\s+${module}\s+as\b`);
/** Modules that most files import, of Python's library and of pages, and what of them a finding needs; nothing of some. */
const everyday: ReadonlyMap<string, RegExp | undefined> = new Map([
  ['os', of('os', String.raw`system|popen\w*|exec[lv]\w*|spawn\w*|posix_spawn|startfile|f?chmod|environb?|getenv|putenv|umask|mknod|path|open|remove\w*|unlink|renames?|replace|makedirs|mkdir|listdir|scandir|walk|rmdir|symlink|link|stat|truncate`)],
  ['sys', of('sys', 'argv|stdin|path')], ['json', of('json', 'loads?')], ['re', of('re', 'compile|match|search|subn?|fullmatch|findall|finditer|split')], ['logging', /\.\s*(?:debug|info|warn(?:ing)?|error|critical|exception|fatal|log)\s*\(|\b(?:logging\.)?config\b|\bbasicConfig\b/], ['io', of('io', 'open')], ['asyncio', /\b(?:create_subprocess\w*|open_connection|start_server)\b/],
  ['pathlib', /\b(?:read_text|read_bytes|write_text|write_bytes|open|unlink)\b|Path\w*\s*\(|\bimport\s+pathlib\s+as\b/], ['types', /\b(?:FunctionType|CodeType)\b/], ['typing', undefined], ['operator', /\b(?:methodcaller|attrgetter)\b/], ['importlib', /\bimport_module\b/], ['importlib.metadata', undefined], ['importlib.resources', undefined], ['queue', undefined], ['functools', undefined], ['datetime', undefined], ['collections', undefined], ['collections.abc', undefined], ['builtins', /\b(?:eval|exec)\b/], ['inspect', undefined], ['time', undefined], ['enum', undefined], ['abc', undefined], ['dataclasses', undefined], ['contextlib', undefined], ['warnings', undefined], ['pydantic', undefined], ['typing_extensions', undefined],
  ['uuid', /\buuid1\b|\bv[16]\s*(?:as\b|[,}(:])/], ['csv', /\bwriterows?\b/], ['urllib.parse', undefined], ['numpy.typing', undefined], ['langsmith', /angerously_?[pP]ull/], ['anyio', /\b(?:open_file|run_process|open_process|Path)\b/], ['anyio.to_thread', undefined],
  ...['react', 'React', 'preact', 'vue'].map((name): [string, RegExp] => [name, /\bcreate(?:Element|VNode)\s*\(|\bh\s*\(|innerHTML|InnerHTML|src[dD]oc/]),
]);
/** Imports that vanish when TypeScript is compiled. */
const types = /\b(?:import|export)\s+type\b[^;'"]*?\bfrom\s*['"][^'"\n]+['"]/g;

/** Methods that everything has; that they are called says nothing. */
const common: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'request', 'set', 'add', 'update', 'log', 'info', 'warn', 'error', 'debug', 'find', 'parse', 'stringify', 'push', 'pop', 'join', 'map', 'all', 'each', 'call', 'apply', 'bind', 'on', 'once', 'emit', 'end', 'write', 'read', 'open', 'close', 'format', 'text', 'json', 'list', 'values', 'items', 'keys', 'search', 'use', 'type', 'append', 'insert', 'replace', 'init', 'load', 'save', 'start', 'stop', 'retrieve', 'stream', 'header', 'url', 'path', 'body', 'data', 'args', 'message', 'content', 'file', 'has', 'clear', 'remove', 'define', 'process', 'batch', 'compile', 'evaluate', 'encode', 'decode', 'render', 'setHeader', 'setItem', 'connect', 'copy', 'move', 'filter', 'then', 'resolve', 'fromTemplate']);

/**
 * Qualified names begin with a module, which an import writes, and end with what a call writes. A call of something that another
 * file of the project made has only the latter here.
 */
export function createCodePrefilter(rules: readonly Rule[]): CodePrefilter {
  const modules = new Set<string>();
  /** Methods, and to whose objects they belong. */
  const methods = new Map<string, Set<string>>();
  const learn = (name: string): void => {
    const owner = /^@?[\w$-]+(?:\/[\w$-]+)?/.exec(name)?.[0];
    if (owner === undefined) return;
    modules.add(owner);
    modules.add(owner.split('/')[0]!);
    const method = /([A-Za-z_$][\w$]*)(?:\(\))?$/.exec(name)?.[1];
    if (method === undefined || !name.includes('#') || common.has(method)) return;
    const owners = methods.get(method);
    if (owners) owners.add(owner);
    else methods.set(method, new Set([owner]));
  };
  const alone: RegExp[] = [];
  for (const check of rules.flatMap((rule) => rule.checks)) {
    if (check.on === 'code' && check.alone) alone.push(check.alone);
    if (check.on === 'call') check.callees.flatMap(expand).forEach(learn);
    else if (check.on === 'flow') check.sinks?.flatMap((sink) => sink.names.flatMap(expand)).forEach(learn);
  }
  for (const spec of sinkSpecs) spec.names.flatMap(expand).forEach(learn);
  for (const model of modelCalls) model.names.flatMap(expand).forEach(learn);
  for (const [, names] of sources) names.flatMap(expand).forEach(learn);
  return ({ text, language, path }, sources) => {
    // Flows and calls are not judged in tests; only settings that get copied from there are.
    if (isTest(path)) return alone.some((pattern) => pattern.test(text));
    let relative = false;
    const values = text.includes('import type') || text.includes('export type') ? text.replace(types, '') : text;
    for (const match of values.matchAll(specifiers)) {
      for (const written of (match[1] ?? match[2]!).split(',')) {
        const specifier = written.trim();
        if (/^[.~]|^@\//.test(specifier)) relative = true;
        else {
          if (everyday.has(specifier)) {
            if (everyday.get(specifier)?.test(text)) return true;
            continue;
          }
          const canonical = canonicalModule(specifier);
          if (families.test(canonical) || modules.has(canonical) || modules.has(canonical.split(/[./]/)[0]!) || modules.has(specifier.split('/').slice(0, 2).join('/')) || modules.has(specifier.split(/[./]/)[0]!)) return true;
          // Python's packages of the program itself are written like any other, and those of a monorepo have a scope.
          if (language === 'python' || specifier.startsWith('@')) relative = true;
        }
      }
    }
    if (alone.some((pattern) => pattern.test(text))) return true;
    const python = language === 'python';
    const own = python ? 'python' : 'script';
    if (globals[own].test(text) || handlers[own].test(text) || (python && magics.test(text)) || (isComponent(language) && components.test(text))) return true;
    if (relative && sensitive.test(text)) return true;
    if (!relative) return false;
    // A call of something that another file made: what it may be depends on the packages that the files it comes from import.
    let packages: ReadonlySet<string> | undefined;
    const judged = new Set<string>();
    for (const [, method] of text.matchAll(/(?<!\b(?:Object|Array|Math|JSON|Number|Promise|Reflect))\.([A-Za-z_$][\w$]*)\s*\(/g)) {
      const owners = methods.get(method!);
      if (!owners || judged.has(method!)) continue;
      judged.add(method!);
      packages ??= sources.packages(path);
      for (const owner of owners) if (mayOwn(owner, packages, text)) return true;
    }
    return python ? composesPython(path, text, sources, (module) => everyday.has(module)) : composes(path, text, sources);
  };
}
