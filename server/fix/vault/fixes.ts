import type { TextRange } from '../../base/range.ts';
import type { Fix } from '../../model/fix.ts';
import type { Document } from '../../source/document.ts';
import { isCode } from '../../source/language.ts';
import type { Sources } from '../../source/sources.ts';
import { isTemplate } from '../secret-yaml.ts';
import { findExternalSecret } from './external-secret.ts';
import { findLookup } from './find.ts';
import { kebab } from './services.ts';
import { findDataSource } from './terraform.ts';

/** Fixes that ask a vault for a secret, where the project does so already; none is invented. */
export function vaultFixes(document: Document, range: TextRange, literal: TextRange | undefined, variable: string, sources: Sources): readonly Fix[] {
  const origin = { path: document.path, range };
  const { language, text } = document;
  if (isCode(language)) {
    const found = findLookup(document, variable, sources);
    if (!found) return [];
    const { secret, ...lookup } = found;
    return [{ title: `Read ${secret} from ${found.service}`, safe: false, intents: [{ kind: 'literalToLookup', origin, lookup, ...(literal ? { literal } : {}) }] }];
  }
  if (literal) return [];
  if (language === 'terraform') {
    const found = findDataSource(document, variable, sources);
    return found ? [{ title: `Read ${found.secret} from ${found.service}`, safe: false, intents: [{ kind: 'literalToData', origin, expression: found.expression, ...(found.block === undefined ? {} : { block: found.block }) }] }] : [];
  }
  if ((language === 'yaml' || language === 'json') && isTemplate(text)) {
    const known = /\{\{resolve:secretsmanager:([^:}]+\/)?[^:}]+/.exec(text)?.[1] ?? '';
    const secret = known + kebab(variable);
    return [{ title: `Read ${secret} from AWS Secrets Manager by a dynamic reference`, safe: false, intents: [{ kind: 'literalToDynamicReference', origin, secret }] }];
  }
  if (language === 'yaml' && /^kind:/m.test(text)) {
    const found = findExternalSecret(document, variable, sources);
    return found ? [{ title: `Read it from the Secret ${found.target}, which fetches ${found.secret}`, safe: false, intents: [{ kind: 'literalToSecretKey', origin, secret: found.target, key: found.key, entry: { path: found.path, at: found.at, text: found.text } }] }] : [];
  }
  return [];
}
