/**
 * What a Jinja template does that no chat template does, in words; undefined for plain ones. Templates of web pages and of configuration
 * (`general`) may do more: they include others and ask their program's objects.
 */
export function codeInTemplate(text: string, general = false): string | undefined {
  if (!text.includes('{{') && !text.includes('{%')) return undefined;
  // Only what stands inside of the template's own marks is evaluated.
  const code = [...text.slice(0, 1_000_000).matchAll(/\{\{([^]*?)\}\}|\{%([^]*?)%\}/g)].map((match) => match[1] ?? match[2] ?? '').join('\n');
  const joined = code.replace(/['"]\s*(?:~|\+|,)?\s*['"]/g, '').replace(/\\x([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))).replace(/\\u([\da-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  // Words of the machine count only where they are code; what leads out of the sandbox counts in texts too, which name attributes.
  const bare = joined.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''");
  for (const [pattern, what] of general ? [internals, frames] : tricks) if (pattern.test(joined)) return what;
  if (!general) for (const [pattern, what] of words) if (pattern.test(bare)) return what;
  return undefined;
}

type Trick = readonly [RegExp, string];

const internals: Trick = [/__(?:class|mro|base|bases|subclasses|globals|builtins|import|init|getattribute|dict|code|reduce|reduce_ex|call|self|loader|spec|ssalc|slabolg|sessalcbus|snitliub|tropmi|tini|orm|esab)__/, 'reaches Python\'s internals'];
const frames: Trick = [/\b(?:gi_frame|gi_code|f_globals|f_builtins|f_back|cr_frame|func_globals|tb_frame|co_code)\b/, 'reaches Python\'s internals'];

const tricks: readonly Trick[] = [
  internals, frames,
  [/\b(?:lipsum|cycler|joiner|namespace|self|request|config|url_for|get_flashed_messages|range|dict)\s*(?:\.|\[\s*['"]|\|\s*attr\s*\(\s*['"])\s*_?_/, 'reaches Python\'s internals'],
  [/\|\s*attr\s*\(/, 'reaches attributes by name'],
  [/\bdict\s*\([^)]*\)\s*\|\s*join|\[::\s*-1\s*\]\s*\]/, 'puts attribute names together'],
  [/\.\s*(?:popen|system|check_output|Popen)\s*\(/, 'starts processes'],
];

const words: readonly Trick[] = [
  [/\b(?:os|posix|nt)\s*(?:\.|\[)\s*(?:system|popen|exec\w*|spawn\w*|environ|listdir|remove|unlink)\b/, 'starts processes'],
  [/\b(?:subprocess|importlib|builtins|pty|socket|shutil)\s*\./, 'reaches modules of the machine'],
  [/\b(?:eval|exec|compile|import_module|open)\s*\(/, 'evaluates code or opens files'],
  [/^\s*-?\s*(?:include|import|extends|from)\b/m, 'loads another file'],
];
