import { pronounceable } from './features.ts';
import { wordCoverage } from './words.ts';

/** Whether a value is what something is called, in any of the ways in which programs call things: it is then no secret of a provider. */
export function namesThing(value: string): boolean {
  return isIdentifier(value) || isDotted(value) || isCapitalized(value);
}

/** Words and numbers joined by signs, as names of things are: `conversation-123`, `job_abc_7`. */
export function isIdentifier(value: string): boolean {
  const parts = value.split(/[-_.:/# ]+/).filter((part) => part !== '');
  if (parts.some((part) => part.length >= 20 && !pronounceable(part) && wordCoverage(part) < 0.4)) return false;
  if (parts.length < 2 || !/^[\w.:/# -]+$/.test(value)) return false;
  const words = parts.filter((part) => /^[A-Za-z]+\d?$/.test(part) && (part.length < 5 || wordCoverage(part) > 0.4 || pronounceable(part))).length;
  return words * 2 >= parts.length && parts.every((part) => /^[A-Za-z]+\d{0,4}$|^\d+$|^\w{1,8}$/.test(part));
}

/** Names joined by dots, each of words: `properties.v1LegacyMode`. */
export function isDotted(value: string): boolean {
  return /^[a-z_]\w*(?:\.[A-Za-z_]\w*)+$/i.test(value) && value.split('.').every((part) => wordCoverage(part) > 0.6 || pronounceable(part));
}

/** Words that begin with capitals alone, and versions of interfaces: `MicrosoftOauth2`, `V1beta1Namespace`. */
const inWords = /^V\d+(?:alpha|beta)\d+[A-Z]|^(?:[A-Z][a-z]+){2,}\d{0,2}$|^[A-Z](?:[A-Z][a-z]+)+\d{0,2}$/;

/** Names in words, each with a capital, also with a number among them: `DeepseekV4HyperConnection`. */
function isCapitalized(value: string): boolean {
  if (inWords.test(value)) return true;
  const parts = value.split(/(?=[A-Z])|\d{1,2}(?!\d)/).filter((part) => part !== '' && !/^[A-Z]$/.test(part));
  const words = parts.filter((part) => part.length < 4 || wordCoverage(part) > 0.6 || pronounceable(part.toLowerCase())).length;
  return parts.length > 1 && parts.every((part) => /^[A-Z]?[a-z]{2,}$/.test(part)) && words * 2 >= parts.length;
}

/** A family, its version, and words, sizes, versions and dates behind: `claude-haiku-4-5`, `qwen2.5-coder:32b`. */
const model = /^(?:[\w-]{1,40}\/)?(?:gpt|chatgpt|claude|gemini|gemma|llama|mistral|mixtral|codestral|qwen|deepseek|command|titan|nova|phi|grok|whisper|text-embedding|dall-e|sonar|kimi|glm|voyage|rerank|embed|jina|bge|nomic|ministral|pixtral|magistral|devstral|imagen|veo|sora|flux|granite|olmo|minimax|o[134])(?:-?\d{1,2}(?:\.\d{1,2})?[a-z]{0,2})?(?:[-.:](?:[a-z]{1,10}|[a-z]?\d{1,8}[a-z]{0,3}))*$/i;

/** Whether a value is the name of a model, which stands beside the name of its key. */
export function isModelName(value: string): boolean {
  return model.test(value);
}
