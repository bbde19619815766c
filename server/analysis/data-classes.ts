import type { DataClass } from '../model/threat.ts';

/** Words in names that tell the class of data, checked word by word: `patient_records`, `PatientRecord`. */
const words: readonly (readonly [DataClass, RegExp])[] = [
  ['health', /^(?:patients?|diagnos[ei]s|clinic(?:al)?|medical|health|ehr|emr|fhir|hl7|dicom|icd|prescriptions?|symptoms?|phi|mrn|hospital)$/],
  ['financial', /^(?:payments?|invoices?|cards?|iban|accounts?|billing|salar(?:y|ies)|transactions?|ledger|credit|loans?|trades?|stripe)$/],
  ['personal', /^(?:users?|customers?|persons?|people|employees?|e?mails?|phones?|address(?:es)?|ssn|passports?|profiles?|members?|pii|gdpr|contacts?|resumes?|candidates?)$/],
  ['credentials', /^(?:credentials?|secrets?|passwords?|tokens?|keys?|vault)$/],
  ['training-data', /^(?:training|train|datasets?|corpus|corpora|labels?|finetun(?:e|ing)|annotations?|features?|embeddings?)$/],
  ['model-weights', /^(?:models?|weights|checkpoints?|artifacts?|lora|adapters?)$/],
  ['prompts', /^(?:prompts?|chats?|conversations?|messages|completions?|transcripts?)$/],
];

/** Classes of data that names suggest, and those that the team has declared for them (globs with `*`). */
export function dataClassesOf(names: readonly string[], declared: ReadonlyMap<string, readonly string[]> = new Map()): readonly DataClass[] {
  const out = new Set<DataClass>();
  for (const name of names) {
    const parts = wordsOf(name);
    for (const [dataClass, pattern] of words) if (parts.some((part) => pattern.test(part))) out.add(dataClass);
    for (const dataClass of declaredClasses(name, declared)) out.add(dataClass);
  }
  return [...out].sort();
}

/** Lower-case words of a name in any casing. */
export function wordsOf(name: string): readonly string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '');
}

/** `*` stands for any text; case does not count. */
export function matchesName(glob: string, name: string): boolean {
  const [head, ...rest] = glob.toLowerCase().split('*');
  const text = name.toLowerCase();
  if (rest.length === 0) return text === head;
  if (!text.startsWith(head!)) return false;
  let at = head!.length;
  for (const piece of rest) {
    const next = text.indexOf(piece, at);
    if (next < 0) return false;
    at = next + piece.length;
  }
  return rest.at(-1) === '' || text.endsWith(rest.at(-1)!);
}

/** Classes that the team has declared for a name. */
export function declaredClasses(name: string, declared: ReadonlyMap<string, readonly string[]>): readonly DataClass[] {
  const parts = wordsOf(name);
  return [...declared].flatMap(([dataClass, globs]) => (globs.some((glob) => matchesName(glob, name) || parts.some((part) => matchesName(glob, part))) ? [dataClass] : [])).sort();
}

/** Classes whose disclosure harms people. */
export const sensitive: ReadonlySet<DataClass> = new Set(['personal', 'health', 'financial', 'credentials']);

/** Classes that names and services suggest, and those that a team declares. */
export const namedClasses: readonly DataClass[] = [...words.map(([dataClass]) => dataClass), 'internal', 'public'];
