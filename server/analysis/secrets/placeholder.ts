/** What stands in for a secret and is none: placeholders, look-ups, templates, paths, published examples. */

const marker = /(?:^|[^a-z])(?:your|yours|my|our|enter|insert|put|paste|replace|change|example|sample|placeholder|dummy|redacted|removed|hidden|masked|todo|tbd|fixme|xxx+|changeme|notreal|not-a-real|goes-?here|here)(?:$|[^a-z])/i;
const joined = /your[-_ ]?(?:api|key|token|secret|password|pass|access|client|account|own|real|open|google|azure|aws|db|user|auth|private|anthropic)|(?:api|access|secret|private|auth)[-_ ]?(?:key|token)[-_ ]?here|change[-_ ]?(?:me|this|it)|replace[-_ ]?(?:me|this|with)|place[-_]?holder|insert[-_ ]|put[-_ ]?(?:your|the)|example(?:key|token|secret|pass|only)?$|(?:ex|s)ample(?:key)?$|exampleexample|_here$|-here$|todo|redacted|not-?(?:a-?)?real|dummy|fixme|lorem|testkey$|random[-_]?(?:api|key|token|secret|string|pass)/i;
const template = /\$\{|\{\{|\$\(|<%|%>|\$\[\[|#\{|@\{|\$\w+\$|%\([\w.]+\)s|^%[A-Z_a-z]\w*%$|^\$[A-Za-z_]\w*$|^\$env:|^\{[\w .:-]*\}$|^\[\[?[\w .:-]*\]?\]$|^<[^<>]{1,80}>?$|^__?[A-Z][A-Z0-9_]+__?$|^!(?:Ref|Sub|GetAtt)\b|^\*{2,}|^@[\w.]+@$|^:[a-z_]+:?$/;
const lookup = /^\$[a-z][a-z_]+:[\w.-]+\/|^(?:var|local|locals|module|data|env|process\.env|os\.environ|os\.getenv|ENV|secrets?|vault|ssm|arn|op|ref\+\w+|vars|inputs|steps|github|params?|config|settings|self|this|args?|options?|props|context|request|req|event)[.:[](?!\/\/)|^(?:arn:aws|op:\/\/|vault:|ssm:|secretsmanager:|keyvault|akv:|projects\/|resolve:|file:|env:|gcpsm:|sops:|ENC\[|vault:v\d|\{cipher\}|Ag[A-Z][A-Za-z0-9+/]{200})/;
const sealed = /^(?:ENC\[|\$ANSIBLE_VAULT|vault:v\d+:|\{cipher\}|-----BEGIN (?:AGE ENCRYPTED|PGP MESSAGE))/;

/** Why a value stands in for a secret, in words; undefined when it may be one. */
export function placeholder(value: string): string | undefined {
  if (value.length < 200 && template.test(value)) return 'a template or look-up';
  if (sealed.test(value)) return 'an encrypted value';
  if (lookup.test(value)) return 'a reference';
  if (marker.test(value) || joined.test(value)) return 'a placeholder';
  if (filler(value)) return 'filler characters';
  return undefined;
}

/** Filler: one or two characters repeated, `x` runs, dots, a long counting run. */
export function filler(value: string): boolean {
  if (/x{5,}|X{5,}|\*{3,}|\.{3,}|#{4,}|_{4,}|-{6,}|…|•/.test(value)) return true;
  const alnum = value.replace(/[^A-Za-z0-9]/g, '');
  if (alnum.length === 0) return true;
  if (alnum.length >= 8 && new Set(alnum.toLowerCase()).size <= 3 + (alnum.length > 40 ? 1 : 0)) return true;
  if (/(.)\1{7,}/.test(alnum)) return true;
  return longestRun(alnum) >= Math.max(10, alnum.length * 0.6) || /(?:0123456789|1234567890|12345678).*(?:0123456789|1234567890|12345678)/.test(alnum) || periodic(alnum);
}

/** Longest run of characters that count up or down by one within a class. */
export function longestRun(text: string): number {
  let best = 1;
  let run = 1;
  let step = 0;
  for (let at = 1; at < text.length; at++) {
    let difference = text.charCodeAt(at) - text.charCodeAt(at - 1);
    if (text[at] === '0' && text[at - 1] === '9') difference = 1;
    if ((difference === 1 || difference === -1) && (run === 1 || difference === step)) run++;
    else run = difference === 1 || difference === -1 ? 2 : 1;
    step = difference;
    if (run > best) best = run;
  }
  return best;
}

/** Hardly anything but pieces that count up or down: `abcdef012345`, `abc123XYZ987`. */
export function counting(value: string): boolean {
  const text = value.replace(/[^A-Za-z0-9]/g, '');
  if (text.length < 10) return false;
  let short = 0;
  let long = 0;
  for (let at = 0; at < text.length;) {
    let end = at + 1;
    const step = text.charCodeAt(end) - text.charCodeAt(at);
    while ((step === 1 || step === -1) && end < text.length && follows(text, end, step)) end++;
    if (end - at >= 3) short += end - at;
    if (end - at >= 5) long += end - at;
    at = end;
  }
  return short >= text.length * 0.9 || long >= text.length * 0.7;
}

function follows(text: string, at: number, step: number): boolean {
  const difference = text.charCodeAt(at) - text.charCodeAt(at - 1);
  return difference === step || (step === 1 && text[at - 1] === '9' && text[at] === '0');
}

/** A short piece repeated over the whole text: `abcabcabcabc`. */
function periodic(text: string): boolean {
  for (let period = 1; period <= 8; period++) {
    if (text.length < period * 3 || text.length < 12) continue;
    let at = period;
    while (at < text.length && text[at] === text[at - period]) at++;
    if (at === text.length) return true;
  }
  return false;
}

/** Published keys of documentation and emulators, which everybody has. Kept as parts so that they are no token here. */
const published: readonly (readonly string[])[] = [
  ['AKIA', 'IOSFODNN7EXAMPLE'], ['AKIA', 'I44QH8DHBEXAMPLE'], ['ASIA', 'IOSFODNN7EXAMPLE'], ['wJalrXUtnFEMI', '/K7MDENG/bPxRfiCYEXAMPLEKEY'], ['je7MtGbClwBF', '/2Zp9Utk/h3yCo8nvbEXAMPLEKEY'],
  ['Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq', '/K1SZFPTOtr/KBHBeksoGMGw=='],
  ['C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DEQ0p7gH', 'pK8RVd4dvH5fBTu8XnwHg=='],
  ['sk_test_', '4eC39HqLyjWDarjtT1zdp7dc'], ['pk_test_', 'TYooMQauvdEDq54NiTphI7jx'], ['33f!!', 'lloppa'], ['hal+9ooo_', 'da!sY'],
  ['JBSWY3DP', 'EHPK3PXP'], ['GEZDGNBV', 'GY3TQOJQ'], ['https://hooks.slack.com/services/', 'T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX'],
  ['AIzaSyAnLA7NfeLquW1tJFpx_', 'eQCxoX-oo6YyIs'], ['xoxb-', 'not-a-real-token'],
  ['SWMTKN-1-3pu6hszjas19xyp7ghgosyx9k8atbfcr8p2is99znpy26u2lkl', '-1awxwuwd3z9j1z3puu7rcgdbx'], ['SWMTKN-1-3pu6hszjas19xyp7ghgosyx9k8atbfcr8p2is99znpy26u2lkl', '-7p73s1dx5in4tatdymyhg9hu2'], ['SWMTKN-1-49nj1cmql0jkz5s954yi3oex3nedyz0fb0xx14ie39trti4wxv', '-8vxv8rssmk743ojnwacrr2d7c'],
];
const publishedValues = new Set(published.map((parts) => parts.join('')));

export function isPublishedExample(value: string): boolean {
  return publishedValues.has(value) || /EXAMPLE|X{12}|SAMPLE(?:KEY)?$|FAKEKEY|TESTKEY|XXXXKEY/.test(value);
}
