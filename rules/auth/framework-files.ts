import { defineRule, type Rule } from '../../server/rule/rule.ts';
import type { Value } from '../../server/rule/code.ts';
import type { Severity } from '../../server/rule/queries.ts';
import { exportedSettings, valuesAt } from '../_program-settings.ts';
import { marked } from '../_samples.ts';

/** A setting in the file of a framework that lets others in. */
interface Row {
  readonly file: RegExp;
  readonly path: string;
  readonly bad: readonly (string | boolean)[];
  readonly message: string;
  readonly severity?: Severity;
  readonly instead?: string;
  /** A setting that makes up for it. */
  readonly unless?: string;
}

const next = /(?:^|\/)next\.config\.[cm]?[jt]s$/;
const vite = /(?:^|\/)(?:vite|vitest|electron\.vite)\.config\.[cm]?[jt]s$/;
const webpack = /(?:^|\/)webpack[\w.-]*\.[cm]?[jt]s$/;
const nuxt = /(?:^|\/)nuxt\.config\.[cm]?[jt]s$/;
const astro = /(?:^|\/)astro\.config\.[cm]?[jt]s$/;
const svelte = /(?:^|\/)svelte\.config\.[cm]?[jt]s$/;
const forged = 'Pages of other sites can send forms in the name of a user who has signed in.';
const pictures = 'The server fetches pictures of any host, and those of its own network, for whoever asks.';
const rebinding = 'A page of any site can have its name lead to this server and read what it serves.';

const rows: readonly Row[] = [
  { file: next, path: 'images.dangerouslyAllowSVG', bad: [true], message: 'Pictures that hold scripts are served from the site’s own address.', instead: 'false', unless: 'images.contentSecurityPolicy' },
  { file: next, path: 'images.dangerouslyAllowLocalIP', bad: [true], message: pictures, instead: 'false' },
  ...['images.remotePatterns[].hostname', 'images.domains[]'].map((path): Row => ({ file: next, path, bad: ['**', '*'], message: pictures })),
  ...['serverActions.allowedOrigins[]', 'experimental.serverActions.allowedOrigins[]'].map((path): Row => ({ file: next, path, bad: ['*', '**'], message: forged })),
  ...['image.remotePatterns[].hostname', 'image.domains[]'].flatMap((path): readonly Row[] => [{ file: astro, path, bad: ['**', '*'], message: pictures }, { file: nuxt, path, bad: ['**', '*'], message: pictures }]),
  { file: astro, path: 'security.checkOrigin', bad: [false], message: forged, instead: 'true' },
  { file: svelte, path: 'kit.csrf.checkOrigin', bad: [false], message: forged, instead: 'true' },
  { file: svelte, path: 'kit.csrf.trustedOrigins[]', bad: ['*'], message: forged },
  { file: nuxt, path: 'csurf', bad: [false], message: forged },
  { file: nuxt, path: 'security.csrf', bad: [false], message: forged },
  { file: nuxt, path: 'security.headers', bad: [false], severity: 'low', message: 'Pages are answered without the headers that protect them.' },
  { file: nuxt, path: 'security.headers.contentSecurityPolicy', bad: [false], severity: 'low', message: 'The browser is not told which scripts the page may run.' },
  { file: nuxt, path: 'security.xssValidator', bad: [false], severity: 'low', message: 'Markup in requests is no longer turned away.' },
  ...[vite, astro, svelte].map((file): Row => ({ file, path: file === vite ? 'server.fs.strict' : 'vite.server.fs.strict', bad: [false], severity: 'low', message: 'The development server gives out files outside of the project.', instead: 'true' })),
  ...['server.allowedHosts', 'preview.allowedHosts'].map((path): Row => ({ file: vite, path, bad: [true], severity: 'low', message: rebinding })),
  { file: vite, path: 'legacy.skipWebSocketTokenCheck', bad: [true], severity: 'low', message: rebinding, instead: 'false' },
  { file: nuxt, path: 'vite.server.allowedHosts', bad: [true], severity: 'low', message: rebinding },
  { file: webpack, path: 'devServer.allowedHosts', bad: ['all'], severity: 'low', message: rebinding, instead: "'auto'" },
  { file: webpack, path: 'devServer.disableHostCheck', bad: [true], severity: 'low', message: rebinding, instead: 'false' },
];

const paths: ReadonlySet<RegExp> = new Set(rows.map((one) => one.file));
const isBad = (row: Row, { constant }: Value): boolean => (typeof constant === 'string' || typeof constant === 'boolean') && row.bad.includes(constant);

export default [
  defineRule({
    id: 'auth/framework-protection-off', title: 'Web framework configured without a protection', severity: 'medium', confidence: 'high', references: ['CWE-693', 'CWE-352', 'CM-6'],
    what: 'Reports settings in the files of Next.js, Nuxt, SvelteKit, Astro, Vite and webpack that switch off checks of where requests come from, or let the server fetch and serve for anyone.',
    why: 'What these settings switch off is on by default because browsers and other hosts were used against applications without it.',
    whenNotToUse: 'Where a proxy in front of the application checks the same.', noFix: 'The hosts and origins that are meant have to be listed.',
    checks: [{
      on: 'code',
      alone: /dangerouslyAllow(?:SVG|LocalIP)|skipWebSocketTokenCheck|remotePatterns|allowedOrigins|checkOrigin|trustedOrigins|allowedHosts|disableHostCheck|xssValidator|contentSecurityPolicy\s*:\s*false|csurf\s*:\s*false|strict\s*:\s*false|\bdomains\s*:|\bsecurity\s*:/,
      check: (code, context) => {
        const { path } = context.document;
        if (![...paths].some((one) => one.test(path))) return;
        const settings = exportedSettings(code);
        for (const row of rows) {
          if (!row.file.test(path)) continue;
          for (const one of settings) {
            if (row.unless !== undefined && valuesAt(one, row.unless).length > 0) continue;
            for (const { value } of valuesAt(one, row.path)) {
              const at = value.origin;
              if (!at || at.path !== path || !isBad(row, value)) continue;
              context.report({ at, message: row.message, ...(row.severity ? { severity: row.severity } : {}), ...(row.instead === undefined ? {} : { fixes: [{ title: `Use ${row.instead}`, safe: false, intents: [{ kind: 'replace', origin: at, text: row.instead }] }] }) });
            }
          }
        }
      },
    }],
    examples: [
      { file: 'next.config.ts', bad: marked("import type { NextConfig } from 'next';\nconst nextConfig: NextConfig = { images: { remotePatterns: [{ protocol: 'https', hostname: «'**'» }] } };\nexport default nextConfig;\n"), good: "import type { NextConfig } from 'next';\nconst nextConfig: NextConfig = { images: { remotePatterns: [{ protocol: 'https', hostname: '**.example.com' }] } };\nexport default nextConfig;\n" },
      { file: 'svelte.config.js', bad: marked('export default { kit: { csrf: { checkOrigin: «false» } } };\n'), fixed: 'export default { kit: { csrf: { checkOrigin: true } } };\n', good: 'export default { kit: { csrf: { checkOrigin: true } } };\n' },
      { file: 'astro.config.mjs', bad: marked("import { defineConfig } from 'astro/config';\nexport default defineConfig({ output: 'server', security: { checkOrigin: «false» } });\n"), fixed: "import { defineConfig } from 'astro/config';\nexport default defineConfig({ output: 'server', security: { checkOrigin: true } });\n", good: "import { defineConfig } from 'astro/config';\nexport default defineConfig({ output: 'server' });\n" },
    ],
  }),
] satisfies readonly Rule[];
