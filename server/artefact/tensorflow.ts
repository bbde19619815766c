import { latin1, utf8, type ByteSource } from './source.ts';
import type { Inspection } from './report.ts';
import { fieldsOf, isMessage, type ProtoField } from './protobuf.ts';

/** What operations of a graph do beyond numbers. From TensorFlow's list of raw operations. */
const harmful: Readonly<Record<string, string>> = {
  ReadFile: 'reads files', WriteFile: 'writes files', MatchingFiles: 'lists files', ImmutableConst: 'maps a file into memory', DeleteFile: 'deletes files', WholeFileReader: 'reads files', WholeFileReaderV2: 'reads files',
  TextLineReader: 'reads files', TextLineReaderV2: 'reads files', FixedLengthRecordReader: 'reads files', FixedLengthRecordReaderV2: 'reads files', TFRecordReader: 'reads files', TFRecordReaderV2: 'reads files', LMDBReader: 'reads files',
  TextLineDataset: 'reads files', TFRecordDataset: 'reads files', FixedLengthRecordDataset: 'reads files', FixedLengthRecordDatasetV2: 'reads files', SqlDataset: 'reads a database', ExperimentalSqlDataset: 'reads a database', CSVDataset: 'reads files', CSVDatasetV2: 'reads files', ExperimentalCSVDataset: 'reads files', SSTableDataset: 'reads files', LoadDataset: 'reads files', SnapshotDataset: 'writes files', SnapshotDatasetV2: 'writes files', SaveDataset: 'writes files', SaveDatasetV2: 'writes files', CacheDataset: 'writes files',
  PyFunc: 'runs Python', PyFuncStateless: 'runs Python', EagerPyFunc: 'runs Python', Rpc: 'calls over the network', TryRpc: 'calls over the network', RegisterDataset: 'calls over the network', RegisterDatasetV2: 'calls over the network', DebugIdentityV2: 'writes files', DebugIdentity: 'writes to an address', DebugIdentityV3: 'writes to an address', DebugNanCount: 'writes to an address', DebugNumericSummary: 'writes to an address', FileSystemSetConfiguration: 'configures file systems',
  GcsConfigureCredentials: 'sets credentials', GcsConfigureBlockCache: 'configures file systems', BigtableClient: 'calls over the network', AudioMicrophone: 'listens', LoadLibrary: 'loads a library', LoadTPUEmbeddingADAMParameters: 'reads files',
};
/** Operations with which every saved model saves and restores itself; only a constant path makes them tell. */
const withPath = new Set(['SaveV2', 'RestoreV2', 'Save', 'Restore', 'SaveSlices', 'RestoreSlice', 'MergeV2Checkpoints']);

const deepest = 12;
const savedModel = new Set([1, 2]);
const metaGraph = new Set([1, 2, 3, 4, 5, 6, 7]);
const graphFields = new Set([1, 2, 3, 4, 5]);

/** A SavedModel (saved_model.proto): schema version, then meta graphs with their graphs. Also a frozen graph or a MetaGraph alone. */
export function graphKind(source: ByteSource, name: string): 'saved model' | 'graph' | undefined {
  if (!/\.(?:pb|pbtxt|meta|graph|graphdef|bin)$|saved_model/i.test(name) && source.read(0, 1)[0] !== 8) return undefined;
  const fields = [...firstFields(source)];
  if (fields.length === 0) return undefined;
  const second = fields[1];
  if (fields[0]!.number === 1 && 'value' in fields[0]! && second && 'start' in second && isMessage(source, second.start, second.start + second.length, metaGraph, 8) && isMessage(source, 0, source.size, savedModel, 8)) return 'saved model';
  if (!/\.(?:pb|meta|graph|graphdef)$/i.test(name)) return undefined;
  return isMessage(source, 0, source.size, /\.meta$/i.test(name) ? metaGraph : graphFields, 32) ? 'graph' : undefined;
}

function* firstFields(source: ByteSource): Generator<ProtoField> {
  let count = 0;
  for (const field of fieldsOf(source, 0, source.size)) {
    yield field;
    if (++count === 2) return;
  }
}

/** A graph in protobuf's text format. */
export function inspectGraphText(text: string, inspection: Inspection): boolean {
  const ops = new Set([...text.matchAll(/\bop\s*:\s*["']([A-Za-z_]\w*)["']/g)].map((match) => match[1]!));
  if (ops.size === 0) return false;
  inspection.format('tensorflow graph');
  for (const one of ops) {
    inspection.global(`tf.raw_ops.${one}`);
    if (harmful[one] !== undefined) inspection.issue('dangerous', `runs the operation ${one}, which ${harmful[one]}`);
  }
  return true;
}

interface Node {
  readonly op: string;
  readonly name: string;
  readonly text: string | undefined;
  /** The nodes that feed it. */
  readonly inputs: readonly string[];
}

/** Reads all nodes of all graphs and functions of the file, and names those that do more than compute. */
export function inspectGraph(source: ByteSource, kind: 'saved model' | 'graph', inspection: Inspection): void {
  inspection.format(kind === 'saved model' ? 'tensorflow saved model' : 'tensorflow graph');
  const nodes: Node[] = [];
  walk(source, 0, source.size, 0, nodes, inspection);
  const seen = new Map<string, number>();
  for (const { op } of nodes) {
    inspection.global(`tf.raw_ops.${op}`);
    if (harmful[op] !== undefined) seen.set(op, (seen.get(op) ?? 0) + 1);
  }
  const constants = new Map(nodes.flatMap((one) => (one.op === 'Const' && one.text !== undefined ? [[one.name, one.text] as const] : [])));
  const fixed = (path: string): boolean => /^(?:\/(?:etc|root|home|proc|var|tmp|usr|bin|dev|opt)\/|~\/|file:\/\/|https?:\/\/|[a-z]:\\)|(?:^|\/)\.\.\//i.test(path);
  const path = [...constants.values()].find(fixed);
  for (const [op, count] of seen) inspection.issue('dangerous', `runs the operation ${op}${count > 1 ? ` ${count} times` : ''}, which ${harmful[op]}${path === undefined ? '' : `, near the constant '${shown(path)}'`}`);
  for (const { op, inputs } of nodes) {
    const at = withPath.has(op) ? inputs.map((input) => constants.get(input.replace(/^\^|:\d+$/g, ''))).find((one) => one !== undefined && fixed(one)) : undefined;
    if (at !== undefined) inspection.issue('dangerous', `runs the operation ${op} at the fixed path '${shown(at)}'`);
  }
  if (nodes.some((one) => /^(?:PrintV2)$/.test(one.op) && one.text !== undefined)) inspection.issue('dangerous', `prints to the file '${shown(nodes.find((one) => one.op === 'PrintV2' && one.text !== undefined)!.text!)}'`);
}

/**
 * Looks for NodeDefs at any depth: a message whose field 1 is a name and field 2 an operation's name. That way graphs, function
 * libraries and meta graphs are read alike, whatever version wrote them.
 */
function walk(source: ByteSource, start: number, end: number, depth: number, out: Node[], inspection: Inspection): void {
  if (depth > deepest || out.length > 500_000) return;
  const node = nodeAt(source, start, end);
  if (node) {
    // A node's own attributes hold tensors and functions' names, no further nodes.
    out.push(node);
    return;
  }
  for (const field of fieldsOf(source, start, end)) {
    if (--inspection.budget.steps < 0) return inspection.note('skipped: the rest of a very large graph');
    if (!('start' in field) || field.length < 6) continue;
    walk(source, field.start, field.start + field.length, depth + 1, out, inspection);
  }
}

function nodeAt(source: ByteSource, start: number, end: number): Node | undefined {
  let name: string | undefined;
  let op: string | undefined;
  let text: string | undefined;
  const inputs: string[] = [];
  let count = 0;
  for (const field of fieldsOf(source, start, end)) {
    if (++count > 200) break;
    if (!('start' in field)) return undefined;
    if (field.number === 1 && name === undefined) {
      if (field.length === 0 || field.length > 512) return undefined;
      name = latin1(source.read(field.start, field.length));
      if (!/^[\w.\-/>\\^:]+$/.test(name)) return undefined;
    } else if (field.number === 2 && op === undefined) {
      if (field.length === 0 || field.length > 128) return undefined;
      op = latin1(source.read(field.start, field.length));
      if (!/^[A-Z_>][\w>]*$/.test(op)) return undefined;
    } else if (field.number === 3 && field.length < 512) inputs.push(latin1(source.read(field.start, field.length)));
    else if (field.number === 5 && (op === 'Const' || op === 'PrintV2') && field.length < 8192) text ??= textAttribute(source.read(field.start, field.length), op);
    else if (field.number > 8) return undefined;
    if (count === 1 && name === undefined) return undefined;
  }
  return name !== undefined && op !== undefined ? { name, op, text, inputs } : undefined;
}

/** The text of a constant (`value`: tensor of strings) or of PrintV2's `output_stream`, where it is a file. */
function textAttribute(bytes: Uint8Array, op: string): string | undefined {
  const text = utf8(bytes);
  if (op === 'PrintV2') return text.includes('output_stream') ? /file:\/\/[\w./~-]+/.exec(text)?.[0] : undefined;
  return /(?:file:\/\/|https?:\/\/|~\/|\.\.\/|\/)[\w./~@:%?=&-]{3,}|[A-Za-z]:\\[\w.\\-]+/.exec(text.slice(2))?.[0];
}

function shown(path: string): string {
  return path.replace(/[\u0000-\u001f]/g, '').slice(0, 80);
}
