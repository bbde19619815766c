import type { Document, Sources } from '../../server/rule/documents.ts';
import { mask, vaultFixes, wordsOf, type Fix, type FoundSecret } from '../../server/rule/secrets.ts';

/** Names by which the tools of a provider look for their credentials. */
const usual: readonly (readonly [what: RegExp, variable: string])[] = [
  [/^OpenAI /, 'OPENAI_API_KEY'], [/^Anthropic /, 'ANTHROPIC_API_KEY'], [/^Hugging Face /, 'HF_TOKEN'], [/^Groq /, 'GROQ_API_KEY'], [/^Replicate /, 'REPLICATE_API_TOKEN'],
  [/^Azure OpenAI /, 'AZURE_OPENAI_API_KEY'], [/^Google AI /, 'GEMINI_API_KEY'], [/^Google API key/, 'GOOGLE_API_KEY'], [/^Cohere /, 'COHERE_API_KEY'], [/^Mistral /, 'MISTRAL_API_KEY'], [/^Pinecone /, 'PINECONE_API_KEY'],
  [/^LangSmith /, 'LANGSMITH_API_KEY'], [/^Weights & Biases /, 'WANDB_API_KEY'], [/^xAI /, 'XAI_API_KEY'], [/^Perplexity /, 'PERPLEXITY_API_KEY'], [/^Tavily /, 'TAVILY_API_KEY'],
  [/^AWS .*key id/, 'AWS_ACCESS_KEY_ID'], [/^AWS session/, 'AWS_SESSION_TOKEN'], [/^GitHub /, 'GITHUB_TOKEN'], [/^GitLab /, 'GITLAB_TOKEN'], [/^npm /, 'NPM_TOKEN'], [/^PyPI /, 'PYPI_TOKEN'],
  [/^Stripe webhook/, 'STRIPE_WEBHOOK_SECRET'], [/^Stripe /, 'STRIPE_SECRET_KEY'], [/^Slack .*webhook/, 'SLACK_WEBHOOK_URL'], [/^Slack bot/, 'SLACK_BOT_TOKEN'], [/^Slack app/, 'SLACK_APP_TOKEN'], [/^SendGrid /, 'SENDGRID_API_KEY'],
];

/** A fitting name of an environment variable: the one that holds it, what the provider's tools read, or provider and kind. */
function variableOf(secret: FoundSecret): string {
  const { item, provider } = secret;
  const own = secret.name !== undefined && item?.role !== 'prose' ? secret.name : undefined;
  const last = own === undefined ? undefined : own.slice(own.lastIndexOf('.') + 1);
  if (last !== undefined && /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(last)) return last;
  if (secret.group === 'signing-key') return last === undefined ? 'JWT_SECRET' : upper(last);
  const known = usual.find(([what]) => what.test(secret.what))?.[1];
  if (known !== undefined) return known;
  const words = last === undefined ? [] : wordsOf(last);
  const named = words.length > 0 && words.length <= 6 && /^[a-z]/.test(words[0]!) ? upper(last!) : secret.group === 'password' || secret.group === 'url' ? 'PASSWORD' : 'API_KEY';
  const prefix = provider === undefined ? '' : upper(provider);
  return prefix !== '' && !named.includes(prefix.split('_')[0]!) && words.length < 3 ? `${prefix}_${named}` : named;
}

function upper(text: string): string {
  return wordsOf(text).join('_').toUpperCase().replace(/[^A-Z0-9_]/g, '').replace(/^(?=\d)/, '_') || 'SECRET';
}

const titles: Readonly<Record<string, (variable: string) => string>> = {
  terraform: (variable) => `Move it to the sensitive variable ${variable.toLowerCase()}`,
  dockerfile: () => 'Take it out of the image; steps that need it mount it as a build secret',
};

/**
 * Fixes in the idiom of the file. They are not applied in bulk: afterwards the program needs the environment to be set. Text that
 * stands in another string or a comment is left alone.
 */
export function fixesOf(secret: FoundSecret, document: Document, sources: Sources): readonly Fix[] {
  const { path, language } = document;
  const origin = { path, range: secret.range };
  const then = leftToDo(secret);
  if (language === 'notebook') return [{ title: 'Clear the output of the cell', safe: false, intents: [{ kind: 'clearCellOutput', origin }], then }];
  const { item } = secret;
  if (!item || item.within !== undefined || item.role === 'comment' || item.role === 'prose' || item.role === 'comparison' || secret.group === 'private-key' || secret.group === 'password-hash' || secret.what.startsWith('value of a Kubernetes') || secret.group === 'url' || secret.group === 'connection-string') return [];
  const variable = variableOf(secret);
  const move = { kind: 'literalToEnvironment' as const, origin, variable, ...(item.range.start === secret.range.start && item.range.end === secret.range.end ? {} : { literal: item.range }) };
  const title = titles[language]?.(variable) ?? `Read it from ${variable} in the environment`;
  const more: Fix[] = [];
  if (language !== 'terraform' && language !== 'dockerfile') more.push({ title: `${title} and name it in .env.example`, safe: false, intents: [move, { kind: 'addToEnvironmentExample', path, variable }], then });
  if (readsEnvironmentFiles.has(language)) more.push({ title: `${title} and keep its value in .env`, safe: false, intents: [move, { kind: 'addToEnvironmentFile', origin, variable }], then });
  more.push(...vaultFixes(document, secret.range, move.literal, variable, sources).map((one) => ({ ...one, then })));
  if (language === 'json') more.push({ title: 'Let VS Code ask for it and keep it', safe: false, intents: [{ kind: 'literalToInput', origin, variable }], then });
  return [{ title, safe: false, intents: [move], then }, ...more];
}

/** Languages whose programs take their environment from a `.env` file. */
const readsEnvironmentFiles: ReadonlySet<string> = new Set(['typescript', 'tsx', 'javascript', 'jsx', 'python', 'go', 'java', 'csharp', 'ruby', 'php', 'yaml']);

/** A secret that was in a file may have been committed; only its owner can make it worthless. */
function leftToDo({ what, value, rotate }: FoundSecret): NonNullable<Fix['then']> {
  return { text: `The ${what} (${mask(value)}) may be in the repository's history. Revoke it${rotate === undefined ? ' where it was issued' : ''} and issue another.`, ...(rotate === undefined ? {} : { uri: rotate }) };
}
