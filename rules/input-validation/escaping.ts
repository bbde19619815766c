import { inProject } from '../../server/rule/paths.ts';
import type { Rule } from '../../server/rule/rule.ts';
import { callRule } from '../_calls.ts';
import { calleesOf, judgeBy, type SettingRow } from '../_settings.ts';
import { sample } from '../_samples.ts';

const message = 'Values are put into pages as they are, scripts in them included.';

const rows: readonly SettingRow[] = [
  { callees: ['nunjucks.{configure,Environment}', 'swig.Swig', 'swig.setDefaults'], at: ['autoescape'], bad: [false], message, instead: 'true' },
  { callees: ['handlebars.{compile,precompile,template}', 'hbs.create'], at: ['noEscape'], bad: [true], message, instead: 'false' },
  { callees: ['eta.Eta', 'eta.configure'], at: ['autoEscape'], bad: [false], message, instead: 'true' },
  { callees: ['squirrelly.render', 'squirrelly.defaultConfig', 'twig.twig', 'twig.extend'], at: ['autoEscape', 'autoescape'], bad: [false], message, instead: 'true' },
  { callees: ['handlebars.compile', '@handlebars/allow-prototype-access.allowInsecurePrototypeAccess', 'express-handlebars.{create,engine}', 'handlebars.Template#()'], at: ['allowProtoMethodsByDefault', 'allowProtoPropertiesByDefault', 'runtimeOptions.allowProtoMethodsByDefault', 'runtimeOptions.allowProtoPropertiesByDefault'], bad: [true], severity: 'low', message: 'Templates reach the prototypes of what they are given.', instead: 'false' },
  { callees: ['markdown-it', 'markdown-it.MarkdownIt'], at: ['html'], bad: [true], severity: 'low', message: 'Markup in the Markdown is put into the page as it is.', instead: 'false' },
  { callees: ['marked.{setOptions,use}', 'marked.marked.setOptions'], at: ['sanitize'], bad: [false], severity: 'low', message: 'Markup in the Markdown is put into the page as it is.' },
  { callees: ['sanitize-html'], at: ['allowedTags', 'allowedAttributes'], bad: [false], message: 'Every tag or attribute is let through.' },
  { callees: ['sanitize-html'], at: ['allowedTags'], bad: ['script', 'iframe', 'object', 'embed'], message: 'Tags that run programs are let through.' },
  { callees: ['dompurify.sanitize', 'DOMPurify.sanitize', 'isomorphic-dompurify.sanitize', 'dompurify().sanitize'], at: ['ADD_TAGS', 'ALLOWED_TAGS'], bad: ['script', 'iframe', 'object', 'embed'], message: 'Tags that run programs are let through.' },
  { callees: ['dompurify.sanitize', 'DOMPurify.sanitize', 'isomorphic-dompurify.sanitize', 'dompurify().sanitize'], at: ['ADD_ATTR', 'ALLOWED_ATTR'], bad: /^on[a-z]+$|^srcdoc$/, message: 'Attributes that run scripts are let through.' },
  { callees: ['dompurify.sanitize', 'DOMPurify.sanitize', 'isomorphic-dompurify.sanitize'], at: ['ALLOW_UNKNOWN_PROTOCOLS'], bad: [true], message: 'Addresses that run scripts are let through.', instead: 'false' },
];

const judge = judgeBy(rows);

export default [
  callRule({
    id: 'input-validation/escaping-off', title: 'Escaping of markup switched off', severity: 'medium', references: ['CWE-79', 'CWE-116', 'SI-10'], callees: calleesOf(rows),
    what: 'Reports template engines, Markdown renderers and sanitizers that are told to let markup through: `autoescape: false`, `noEscape: true`, `html: true`, tags and attributes that run scripts.',
    why: 'One value that a user, a document or a model wrote then runs scripts in the browser of everybody who sees the page.', whenNotToUse: 'For templates that make no pages, such as prompts and plain texts.',
    noFix: 'Which tags the page needs has to be decided.',
    judge: (call, context) => (/prompt/i.test(inProject(context.document.path)) ? [] : judge(call)),
    examples: [
      { file: 'views.ts', bad: sample(["import nunjucks from 'nunjucks';", "nunjucks.configure('views', { autoescape: «false» });"]), fixed: sample(["import nunjucks from 'nunjucks';", "nunjucks.configure('views', { autoescape: true });"]), good: sample(["import nunjucks from 'nunjucks';", "nunjucks.configure('views');"]) },
      { file: 'notes.ts', bad: sample(["import DOMPurify from 'dompurify';", "export const clean = (text: string) => DOMPurify.sanitize(text, { ADD_TAGS: «['iframe']» });"]), good: sample(["import DOMPurify from 'dompurify';", "export const clean = (text: string) => DOMPurify.sanitize(text, { ADD_TAGS: ['figure'] });"]) },
    ],
  }),
] satisfies readonly Rule[];
