/** Languages that the interface is translated to; each has a bundle of this name, as display languages of VS Code are called. */
export const languages = ['de', 'es', 'fr', 'ja', 'pt-br', 'zh-cn'] as const;

const others: Readonly<Record<string, (typeof languages)[number]>> = { pt: 'pt-br', zh: 'zh-cn', 'zh-hans': 'zh-cn', 'zh-sg': 'zh-cn' };

/** The bundle for a locale such as `de-AT`, `zh-Hans-CN` or `pt_BR.UTF-8`; undefined where English is spoken, or nothing that there is a bundle for. */
export function bundleFor(locale: string): string | undefined {
  const parts = locale.toLowerCase().replace(/[.@].*$/, '').split(/[-_]/);
  // Chinese in traditional characters is another language to its readers.
  if (parts[0] === 'zh' && parts.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part))) return undefined;
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join('-');
    const found = languages.find((one) => one === name) ?? others[name];
    if (found) return found;
  }
  return undefined;
}
