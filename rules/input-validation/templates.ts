import { defineRule, type CodeContext, type Rule } from '../../server/rule/rule.ts';
import { constantOf, option, type CodeCall } from '../_calls.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

/** What shows that the program makes pages. */
const pages = /\.html?\b|text\/html|<html|HTMLResponse|render_html|\b(?:flask|aiohttp_jinja2|starlette|fastapi|django|sanic|quart|tornado|pyramid|bottle|weasyprint|pdfkit)\b/i;
/** What is filled in for a model, a compiler or a database is not shown in a browser. */
const others = /prompt|chat_template|tokenizer|llm|openai|anthropic|\.(?:txt|md|sql|tex|ya?ml|toml|conf|cfg|sh|py|rst|c|cpp|tf)(?:\.j(?:inja)?2)?['"]|latex|markdown|codegen|code_gen/i;
const escapes = /\b(?:autoescape|default_filters)\b/;
const message = 'What is put into pages is not escaped.';

function judge(call: CodeCall, context: CodeContext): void {
  const { text } = context.document;
  const name = call.name ?? '';
  if (/^jinja2\.(?:sandbox\.)?(?:Immutable)?(?:Sandboxed)?Environment$|^jinja2\.Template$|^aiohttp_jinja2\.setup$|^sanic_jinja2\./.test(name)) {
    const found = option(call, 'autoescape');
    const given = found?.value;
    const body = given?.fn?.node.body;
    const [only] = body ?? [];
    const never = given?.constant === false || (body?.length === 1 && only?.kind === 'return' && only.value?.kind === 'literal' && only.value.value === false);
    if (found && never && (name.startsWith('aiohttp_jinja2') || pages.test(text) || !others.test(text))) { context.report({ at: found.origin, message, ...(given?.constant === false && found.origin.range.end - found.origin.range.start === 5 ? { fixes: [{ title: 'Escape', safe: false, intents: [{ kind: 'replace', origin: found.origin, text: 'True' }] }] } : {}) }); return; }
    if (found || name.startsWith('aiohttp_jinja2') || name === 'jinja2.Template' || call.args.some((one) => one.spread !== undefined)) return;
    // Jinja escapes nothing unless it is told to; Flask and its like tell it.
    if (/get_template\(\s*f?['"][^'"]*\.html?['"]|<(?:html|body|div|h1)\b/i.test(text) && !others.test(text) && !escapes.test(text)) context.report({ at: call.callee, message });
    return;
  }
  if (/^mako\.(?:lookup\.TemplateLookup|template\.Template)$/.test(name)) {
    const filters = option(call, 'default_filters');
    const safe = filters?.value.items?.some((one) => one.constant === 'h') ?? filters !== undefined;
    if (!safe && !call.args.some((one) => one.spread !== undefined) && (pages.test(text) || !others.test(text))) context.report({ at: call.callee, severity: 'low', message: `${message.slice(0, -1)} unless each value says so.` });
    return;
  }
  if (/^tornado\.(?:web\.Application|template\.(?:Template|Loader))$/.test(name)) {
    const found = option(call, 'autoescape');
    if (found && constantOf(found) === null) context.report({ at: found.origin, message });
    return;
  }
  if (/^django\.template\.(?:Context|Engine|context\.Context|engine\.Engine)$/.test(name)) {
    const found = option(call, 'autoescape');
    if (constantOf(found) === false && !others.test(text)) context.report({ at: found!.origin, message });
  }
}

export default [
  defineRule({
    id: 'input-validation/templates-not-escaped', title: 'Templates of pages that escape nothing', severity: 'medium', confidence: 'medium', references: ['CWE-79', 'SI-10'],
    what: 'Reports Jinja, Mako, Tornado and Django templates whose escaping is switched off, and environments of Jinja that make pages and do not switch it on.', why: 'A script in any value that is filled in runs in the browser of whoever opens the page.',
    whenNotToUse: 'For templates of mails in plain text, prompts or configuration.',
    checks: [{
      on: 'code', words: ['jinja2', 'jinja_', 'mako', 'autoescape'],
      check: (code, context) => {
        if (context.document.language !== 'python' || isTest(context.document.path)) return;
        for (const call of code.calls) judge(call, context);
        for (const one of code.assignments) {
          if (/(?:^|\.)jinja_env\.autoescape$/.test(one.written) && one.value.constant === false) context.report({ at: one.origin, message });
          if (/(?:^|\.)jinja_options(?:\.autoescape)?$/.test(one.written) && (one.value.constant === false || one.value.fields?.get('autoescape')?.constant === false)) context.report({ at: one.origin, message });
        }
      },
    }],
    examples: [
      { file: 'pages.py', bad: sample(['from jinja2 import Environment, FileSystemLoader', 'pages = Environment(loader=FileSystemLoader("pages"), autoescape=«False»)', 'pages.get_template("home.html")']), fixed: sample(['from jinja2 import Environment, FileSystemLoader', 'pages = Environment(loader=FileSystemLoader("pages"), autoescape=True)', 'pages.get_template("home.html")']), good: sample(['from jinja2 import Environment, FileSystemLoader, select_autoescape', 'pages = Environment(loader=FileSystemLoader("pages"), autoescape=select_autoescape())', 'pages.get_template("home.html")']) },
      { file: 'prompts.py', title: 'prompts are no pages', good: sample(['from jinja2 import Environment, FileSystemLoader', 'prompts = Environment(loader=FileSystemLoader("prompts"), autoescape=False)', 'prompts.get_template("system_prompt.txt")']) },
    ],
  }),
] satisfies readonly Rule[];
