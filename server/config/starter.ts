import type { Language } from '../source/language.ts';

/** The text of a first configuration, with what fits the languages that a workspace holds. */
export function starterConfiguration(languages: ReadonlySet<Language>): string {
  const code = ['typescript', 'tsx', 'javascript', 'jsx', 'vue', 'svelte', 'astro', 'python', 'notebook'].some((one) => languages.has(one as Language));
  const infrastructure = ['terraform', 'bicep', 'yaml', 'dockerfile'].some((one) => languages.has(one as Language));
  return [
    '# Wardline: what the team has agreed on. The nearest file above a source file holds; nested ones add to it.',
    '# "Wardline: Explain Configuration" and `wardline config explain FILE` show what is in force, and why.',
    'root: true',
    `presets: [recommended${!infrastructure && code ? ', ai-only' : infrastructure && !code ? ', iac-only' : ''}]`,
    '',
    '# Another severity, or off, for single rules or whole categories:',
    '#rules:',
    ...(infrastructure ? ['#  storage/unencrypted-bucket: high', '#  monitoring/*: low'] : []),
    ...(code ? ['#  model-input/*: high'] : []),
    '',
    '# Rules that nobody below this file can lower:',
    'locked:',
    '  - secrets/*',
    ...(infrastructure ? ['  - iam/*'] : []),
    '',
    '# Paths whose findings count less:',
    'overrides:',
    '  - paths: ["**/test/**", "**/tests/**", "**/*.test.*", "**/examples/**"]',
    '    minimumConfidence: high',
    '',
    'suppressions:',
    '  requireReason: true',
    '  maxDays: 365',
    ...(code ? ['', '# Which models may see which classes of data:', '#dataClasses:', '#  health: [patient*, diagnosis*]', '#models:', '#  "openai:*": { deny: [health] }'] : []),
    '',
  ].join('\n');
}
