import { parse as parseJsonc, type ParseError } from 'jsonc-parser';
import { parseAllDocuments } from 'yaml';
import { errorsOf, parsePython } from '../../server/syntax/python/parse.ts';
import { parseHcl } from '../../server/syntax/hcl/parse.ts';
import { parseTypeScript } from '../../server/syntax/typescript/parse.ts';
import type { Language } from '../../server/source/language.ts';

/** Places of a text that do not parse as its language; 0 for languages that have no grammar. */
export function syntaxErrors(text: string, language: Language): number {
  switch (language) {
    case 'typescript': case 'tsx': case 'javascript': case 'jsx': return parseTypeScript(text, language).errors.length > 0 ? 1 : 0;
    case 'python': return errorsOf(parsePython(text)).length > 0 ? 1 : 0;
    case 'terraform': return parseHcl(text).errors.length;
    case 'yaml': return parseAllDocuments(text, { uniqueKeys: true, logLevel: 'silent' }).reduce((sum, one) => sum + one.errors.length, 0);
    case 'json': case 'notebook': {
      const errors: ParseError[] = [];
      parseJsonc(text, errors, { allowTrailingComma: true });
      return errors.length;
    }
    default: return 0;
  }
}
