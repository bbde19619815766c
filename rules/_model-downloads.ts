/** A model or data set that a script fetches, with its place in the text. */
export interface FetchedModel {
  readonly start: number;
  readonly end: number;
  /** True where loading the file may run code. */
  readonly runsCode: boolean;
  readonly message: string;
}

const checks = /\b(?:sha\d+sum|shasum|b2sum|md5sum|openssl[ \t]+dgst|gpg[ \t]+--verify|cosign[ \t]+verify|minisign|hashlib|Get-FileHash|certutil)\b|--checksum\b|--hash\b/i;
const pickled = /\.(?:pt|pth|ckpt|pkl|pickle|joblib|npy|h5|keras|mar|nemo)(?:$|[?#])/i;
const weights = /\.(?:pt|pth|ckpt|pkl|pickle|joblib|npy|h5|keras|onnx|gguf|ggml|safetensors|tflite|mar|nemo)(?:$|[?#])|(?:model|weight|checkpoint)[\w.-]*\.(?:bin|tar\.gz|tgz|zip)(?:$|[?#])/i;

/** True for an address that names a commit: what lies there never changes. */
const fixedAddress = /\/[0-9a-f]{40}\//;

/** Models that a script downloads at no fixed commit and without a check of their hash. */
export function fetchedModels(text: string): readonly FetchedModel[] {
  const joined = text.replace(/\\\r?\n/g, (joint) => ' '.repeat(joint.length)).replace(/^[ \t]*#[^\n]*/gm, (line) => ' '.repeat(line.length));
  const out: FetchedModel[] = [];
  const add = (match: RegExpMatchArray, message: string, runsCode = false): void => {
    const whole = match[0].trimEnd();
    const lead = whole.length - whole.trimStart().length;
    out.push({ start: match.index! + lead, end: match.index! + whole.length, runsCode, message });
  };
  for (const match of joined.matchAll(/\b(?:huggingface-cli|hf)[ \t]+download[ \t]+([^\n;&|)]*)/g)) {
    const repository = match[1]!.split(/\s+/).find((word) => /^["']?[\w.-]+\/[\w.-]+["']?$/.test(word) && !word.startsWith('-'));
    if (repository !== undefined && !/--revision\b/.test(match[1]!)) add(match, `${repository.replace(/["']/g, '')} is whatever its owner last pushed.`);
  }
  for (const match of joined.matchAll(/\bgit[ \t]+(?:lfs[ \t]+)?clone[ \t][^\n;&|]*?https:\/\/(?:[^\s@"']*@)?(?:huggingface\.co|hf\.co)\/([\w.-]+\/[\w.-]+(?:\/[\w.-]+)?)[^\n;&|]*/g))
    if (!/\bgit\b[^\n;&|]*\b(?:checkout|reset|switch)\b[^\n;&|]*\b[0-9a-f]{7,40}\b/.test(joined)) add(match, `${match[1]!} is whatever its owner last pushed.`);
  if (checks.test(joined)) return out;
  for (const match of joined.matchAll(/\b(?:curl|wget|aria2c)\b[^\n;|&]*?(https:\/\/[^\s"'`)]+)[^\n;|&]*/g)) {
    const address = match[1]!;
    const ofBranch = /\/\/(?:huggingface\.co|hf\.co)\/[^\s]*\/(?:resolve|raw)\/(?:main|master)\//.test(address);
    if ((ofBranch || weights.test(address)) && !fixedAddress.test(address) && !/\/releases\/download\//.test(address)) add(match, 'The model is downloaded without a check of its hash.', pickled.test(address));
  }
  for (const match of joined.matchAll(/\b(?:aws[ \t]+s3[ \t]+(?:cp|sync)\b(?=[^\n;&|]*--no-sign-request)[^\n;&|]*?(s3:\/\/[^\s"']+)|(?:gsutil[ \t]+(?:-m[ \t]+)?cp|gcloud[ \t]+storage[ \t]+cp)\b[^\n;&|]*?(gs:\/\/[\w.-]*public[\w.-]*\/[^\s"']+))[^\n;&|]*/g))
    if (weights.test(match[1] ?? match[2]!)) add(match, 'The model is downloaded without a check of its hash.', pickled.test(match[1] ?? match[2]!));
  for (const match of joined.matchAll(/(?:^|[\s;&|(])gdown[ \t]+([^\n;&|]*)/g)) if (weights.test(/\S+$/.exec(match[1]!.trim())?.[0] ?? '')) add(match, 'The model is downloaded without a check of its hash.', true);
  return out;
}
