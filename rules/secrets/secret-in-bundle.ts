import { defineRule, type Rule } from '../../server/rule/rule.ts';
import type { CodeAnalysis, Value } from '../../server/rule/code.ts';
import { exportedSettings, valuesAt } from '../_program-settings.ts';
import { marked } from '../_samples.ts';

/** Names of variables that hold what only a server may know. */
const secret = /(?:^|_)(?:SECRET|PRIVATE|PASSWORD|PASSWD)(?:_|$)|(?:^|_)(?:API|ACCESS|SERVICE_ROLE|SERVICE|ENCRYPTION|SIGNING|AUTH)_?(?:KEY|TOKEN)$|^(?:OPENAI|ANTHROPIC|STRIPE|GROQ|MISTRAL|COHERE|HF|HUGGINGFACE|GITHUB|AWS)_(?:\w+_)?(?:KEY|TOKEN)$|^(?:DATABASE|REDIS|MONGO(?:DB)?|POSTGRES)_UR[IL]$/;
/** Keys that are made to be seen. */
const open = /PUBLIC|PUBLISHABLE|ANON|_PK$|CLIENT_ID|MAPS|ALGOLIA|RECAPTCHA_SITE|SITE_KEY/;

/** Where the builder writes values into the page, by the file of its settings. */
const places: readonly { readonly file: RegExp; readonly path: string }[] = [
  { file: /(?:^|\/)next\.config\.[cm]?[jt]s$/, path: 'env.*' }, { file: /(?:^|\/)next\.config\.[cm]?[jt]s$/, path: 'publicRuntimeConfig.*' },
  { file: /(?:^|\/)nuxt\.config\.[cm]?[jt]s$/, path: 'runtimeConfig.public.*' }, { file: /(?:^|\/)nuxt\.config\.[cm]?[jt]s$/, path: 'publicRuntimeConfig.*' }, { file: /(?:^|\/)nuxt\.config\.[cm]?[jt]s$/, path: 'appConfig.*' },
  { file: /(?:^|\/)(?:vite|electron\.vite)\.config\.[cm]?[jt]s$/, path: 'define.*' },
];
const plugins = /(?:^|\.)(?:DefinePlugin|EnvironmentPlugin)$/;

/** What of the environment a value is: a variable, or all of it. */
function leaked(value: Value | undefined, depth = 0): string | undefined {
  if (!value || depth > 3) return undefined;
  const { name = '' } = value;
  if (name === 'process.env') return 'all variables of the environment';
  const variable = /^process\.env\.(\w+)$/.exec(name)?.[1];
  if (variable !== undefined) return secret.test(variable) && !open.test(variable) ? variable : undefined;
  return value.encoded ? leaked(value.element, depth + 1) : undefined;
}

function* written(code: CodeAnalysis, path: string): Generator<{ readonly value: Value; readonly at: Value['origin'] }> {
  for (const settings of exportedSettings(code)) for (const place of places) if (place.file.test(path)) for (const { value } of valuesAt(settings, place.path)) yield { value, at: value.origin };
  for (const call of code.calls) {
    if (!call.isNew || !plugins.test(call.name ?? call.written)) continue;
    for (const value of call.args[0]?.value.fields?.values() ?? []) yield { value, at: value.origin };
  }
}

export default [
  defineRule({
    id: 'secrets/secret-in-bundle', title: 'Secret that a builder writes into the page', severity: 'high', confidence: 'medium', references: ['CWE-522', 'CWE-200', 'LLM02:2025'],
    what: 'Reports settings of Next.js, Nuxt, Vite and webpack by which a secret of the environment, or all of it, becomes part of what browsers load.',
    why: 'Whoever opens the page reads the value in its scripts, and uses it as the server would.', noFix: 'What needs the secret has to run on the server.',
    whenNotToUse: 'For programs that are built for a server or a desktop alone.',
    checks: [{
      on: 'code', alone: /\benv\s*:|untimeConfig|\bdefine\s*:|DefinePlugin|EnvironmentPlugin/, words: ['process.env'],
      check: (code, context) => {
        const { path } = context.document;
        for (const { value, at } of written(code, path)) {
          const what = leaked(value);
          if (what !== undefined && at?.path === path) context.report({ at, message: `The page holds ${what === 'all variables of the environment' ? what : `the value of ${what}`}.` });
        }
      },
    }],
    examples: [
      { file: 'next.config.js', bad: marked('module.exports = { env: { OPENAI_API_KEY: «process.env.OPENAI_API_KEY» } };\n'), good: 'module.exports = { env: { APP_VERSION: process.env.APP_VERSION } };\n' },
      { file: 'nuxt.config.ts', bad: marked('export default defineNuxtConfig({ runtimeConfig: { public: { openaiKey: «process.env.OPENAI_API_KEY» } } });\n'), good: "export default defineNuxtConfig({ runtimeConfig: { openaiKey: process.env.OPENAI_API_KEY, public: { base: '/' } } });\n" },
      { file: 'vite.config.ts', bad: marked("import { defineConfig } from 'vite';\nexport default defineConfig({ define: { 'process.env': «process.env» } });\n"), good: "import { defineConfig } from 'vite';\nexport default defineConfig({ define: { 'process.env.NODE_ENV': JSON.stringify(process.env.NODE_ENV) } });\n" },
    ],
  }),
] satisfies readonly Rule[];
