/** What is known of an artefact: nothing in it can do harm, something in it is not known, or it does harm to who loads it. */
export type Verdict = 'safe' | 'unknown' | 'dangerous';

export interface ArtefactIssue {
  /** `dangerous`: runs code, reaches files, processes or the network. `malformed`: its structure lies. `unknown`: names code that is not known. */
  readonly kind: 'dangerous' | 'malformed' | 'unknown';
  /** A verb phrase that continues the artefact's name: `calls os.system('…')`. */
  readonly what: string;
  /** The member of an archive that it lies in, outermost first: `archive/data.pkl`. */
  readonly member?: string;
}

export interface ArtefactReport {
  readonly name: string;
  /** What it was recognised as, outermost first: `gzip`, `pickle`. */
  readonly formats: readonly string[];
  readonly size: number;
  readonly verdict: Verdict;
  readonly issues: readonly ArtefactIssue[];
  /** Functions and classes that loading looks up, sorted. */
  readonly globals: readonly string[];
  readonly members: readonly string[];
  readonly tensors?: number;
  /** The first tensors, as the file describes them. */
  readonly listed: readonly TensorInfo[];
  readonly metadata: readonly MetadataEntry[];
  readonly integrity?: Integrity;
  /** Files beside it that the report rests on, also those that were looked for and are not there. */
  readonly rests?: readonly string[];
  /** What was not looked into, and why. */
  readonly notes: readonly string[];
}

export interface TensorInfo {
  /** Empty where the file does not name it. */
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly member?: string;
}

/** A text that the file keeps beside its weights, shortened and on one line. */
export interface MetadataEntry {
  readonly key: string;
  readonly value: string;
  readonly member?: string;
}

/** What is known of where an artefact came from and whether it is still that. */
export interface Integrity {
  /** Differences from what was locked or signed, as verb phrases: `is not what .wardline/models.lock holds: …`. */
  readonly differences: readonly string[];
  /** What was checked and held, in words: `signature verified (key keys/model.pub), digest as signed`. */
  readonly checked: readonly string[];
  /** Where it was taken from, as the lock says. */
  readonly source?: string;
  readonly sha256?: string;
}

/** Who the team trusts to sign models. Paths are absolute. */
export interface ModelSigner {
  /** PEM of a public key. */
  readonly publicKey?: string;
  /** PEM of a certificate authority. */
  readonly certificate?: string;
  /** Of keyless signatures: the certificate's subject and the issuer of its identity, and Sigstore's trusted root as JSON. */
  readonly identity?: string;
  readonly issuer?: string;
  readonly trustedRoot?: string;
}

const mostIssues = 200;
const mostNames = 500;
const mostListed = 5000;
const mostMetadata = 300;
const longestText = 300;

function oneLine(text: string): string {
  const line = text.slice(0, 1000).replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').replace(/[\w+/=-]{32,}/g, (run) => (/^[\da-f]+$/i.test(run) || /[._-]/.test(run) ? run : `${run.slice(0, 4)}…${run.slice(-2)}`));
  return line.length > longestText ? `${line.slice(0, longestText - 1)}…` : line;
}

function inMember(member: string): { readonly member?: string } {
  return member === '' ? {} : { member };
}

/** Where format readers put what they see. One for the whole artefact; archives hand out inner ones with the member's name. */
export interface Inspection {
  readonly member: string;
  readonly depth: number;
  readonly budget: Budget;
  readonly format: (name: string) => void;
  readonly issue: (kind: ArtefactIssue['kind'], what: string) => void;
  readonly global: (name: string) => void;
  readonly note: (text: string) => void;
  readonly tensors: (count: number) => void;
  readonly tensor: (name: string, dtype: string, shape: readonly number[]) => void;
  readonly metadata: (key: string, value: string) => void;
  readonly within: (member: string) => Inspection;
}

/** What one artefact may cost in all, nested members included. Counted down. */
export interface Budget {
  bytes: number;
  members: number;
  steps: number;
}

export interface Collected {
  readonly root: Inspection;
  readonly report: (name: string, size: number) => ArtefactReport;
}

export function collect(budget: Budget): Collected {
  const formats = new Set<string>();
  const issues = new Map<string, ArtefactIssue>();
  const globals = new Set<string>();
  const members = new Set<string>();
  const notes = new Set<string>();
  const listed: TensorInfo[] = [];
  const metadata: MetadataEntry[] = [];
  let tensors: number | undefined;
  const at = (member: string, depth: number): Inspection => ({
    member, depth, budget,
    format: (name) => void formats.add(name),
    issue: (kind, what) => {
      const key = `${kind} ${what} ${member}`;
      if (issues.size < mostIssues) issues.set(key, { kind, what, ...(member === '' ? {} : { member }) });
    },
    global: (name) => { if (globals.size < mostNames) globals.add(name); },
    note: (text) => { if (notes.size < mostNames) notes.add(member === '' ? text : `${member}: ${text}`); },
    tensor: (name, dtype, shape) => { if (listed.length < mostListed) listed.push({ name: oneLine(name), dtype: oneLine(dtype), shape, ...inMember(member) }); },
    metadata: (key, value) => { if (metadata.length < mostMetadata) metadata.push({ key: oneLine(key), value: oneLine(value), ...inMember(member) }); },
    tensors: (count) => { tensors = (tensors ?? 0) + count; },
    within: (inner) => {
      const path = member === '' ? inner : `${member} > ${inner}`;
      if (members.size < mostNames) members.add(path);
      return at(path, depth + 1);
    },
  });
  return {
    root: at('', 0),
    report: (name, size) => {
      const all = [...issues.values()];
      const order = ['dangerous', 'malformed', 'unknown'];
      return {
        name, size,
        formats: [...formats],
        verdict: all.some((one) => one.kind === 'dangerous') ? 'dangerous' : all.length > 0 ? 'unknown' : 'safe',
        issues: all.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)),
        globals: [...globals].sort(),
        members: [...members],
        ...(tensors === undefined ? {} : { tensors }),
        listed, metadata,
        notes: [...notes],
      };
    },
  };
}
