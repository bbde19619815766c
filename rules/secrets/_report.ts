import { inProject } from '../../server/rule/paths.ts';
import { fixesOf } from './_fixes.ts';
import { article, gitIgnored, hashText, isTrialPath, mask, type FoundSecret, type SecretGroup } from '../../server/rule/secrets.ts';
import type { Report, SecretCheck, TextContext } from '../../server/rule/rule.ts';

/** The check of a rule that reports secrets of some groups outside of notebooks' outputs. */
export function secretCheck(groups: readonly SecretGroup[], message: (secret: FoundSecret) => string = stated): SecretCheck {
  return {
    on: 'secret', groups,
    check: (secret, context) => {
      if (context.document.language === 'notebook' || (context.document.language === 'dotenv' && gitIgnored(context.document.path, context.sources))) return;
      context.report(reportOf(secret, context, message(secret)));
    },
  };
}

/** A report without the value: masked in the message, hashed as the identity. */
export function reportOf(secret: FoundSecret, context: TextContext, message: string): Report {
  return {
    at: marked(secret), message, confidence: secret.confidence, fixes: fixesOf(secret, context.document, context.sources),
    explanation: explain(secret),
    identity: hashText(`wardline secret\n${secret.value}`).slice(0, 32),
    ...severityOf(secret, context.document),
  };
}

/** Where values are invented as a rule, and texts of which only a name says that they are secrets. */
const exemplary = /(?:^|\/)(?:docs?|documentation|examples?|samples?|tutorials?|demos?|cookbooks?)\//i;

/**
 * What nothing but a name beside it makes a provider's is not told as surely as a form; and in tests, examples and documents it is
 * more often invented than not. A form that somebody issued counts there too.
 */
function severityOf(secret: FoundSecret, { path, language }: TextContext['document']): Pick<Report, 'severity'> {
  if (secret.minor) return { severity: 'low' };
  const issued = secret.group === 'private-key' || (secret.group === 'provider-token' && secret.confidence === 'high');
  const trial = isTrialPath(path) || language === 'markdown' || exemplary.test(inProject(path));
  if (trial && (secret.group === 'password' || secret.group === 'api-key' || secret.group === 'provider-token' || secret.group === 'private-key' || secret.group === 'jwt')) return { severity: issued ? 'high' : 'medium' };
  if (secret.confidence === 'low' && (secret.group === 'password' || secret.group === 'api-key' || secret.group === 'connection-string')) return { severity: 'medium' };
  return secret.group === 'provider-token' && !issued ? { severity: 'high' } : {};
}

/** Of a key over many lines its header is marked. */
function marked({ range, value }: FoundSecret): FoundSecret['range'] {
  const header = /^-----BEGIN [A-Z0-9 ]+-----/.exec(value);
  return header ? { start: range.start, end: range.start + header[0].length } : range;
}

export function stated(secret: FoundSecret): string {
  const what = `${article(secret.what)} ${secret.what} (${mask(secret.value)})`;
  const name = plainName(secret);
  return name === undefined ? `${capital(what)} stands in the text.` : `\`${name}\` holds ${what} in the clear.`;
}

/** The name where it is one; words of prose are left out, since they may hold other secrets. */
function plainName(secret: FoundSecret): string | undefined {
  const { name, item } = secret;
  return name !== undefined && item?.role !== 'prose' && /^[\w.$@-]{1,60}$/.test(name) && !secret.value.includes(name) ? name : undefined;
}

function explain(secret: FoundSecret): string {
  const place = secret.rotate === undefined ? 'where it was issued' : `at ${secret.rotate}`;
  return `Judged so because ${secret.because}. Once committed it stays in the repository's history: removing it here is not enough, so revoke it ${place} and issue another.`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
