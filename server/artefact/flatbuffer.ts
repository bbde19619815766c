import { latin1, startsWith, u16, u32, type ByteSource } from './source.ts';
import type { Inspection } from './report.ts';

export function isTflite(head: Uint8Array): boolean {
  return startsWith(head, [0x54, 0x46, 0x4c, 0x33], 4);
}

/** Operators of its own that TensorFlow Lite's tools write. */
const known = /^(?:TFLite_Detection_PostProcess|TfLite\w*|Flex\w+|Convolution2DTransposeBias|MaxPoolingWithArgmax2D|MaxUnpooling2D|Landmarks2TransformMatrix|TransformTensorBilinear|TransformLandmarks|edgetpu-custom-op|RFFT2D|Mfcc|AudioSpectrogram|ToSequence|TFSentencepieceTokenizeOp|SentencepieceTokenizer|ngrams|RaggedTensor\w*|Custom\w*Softmax|NumericVerify|HashTable\w*|LookupTable\w*|SignalRfft|Signal\w+|aeq\w+|ethos-u|neuron-op)$/;
const harmful = /^Flex(?:ReadFile|WriteFile|PyFunc\w*|EagerPyFunc|MatchingFiles|ImmutableConst|DeleteFile|SaveV2|RestoreV2|LoadDataset|TextLine\w+|TFRecord\w+|WholeFileReader\w*|SqlDataset)$/;

/** A TensorFlow Lite model: the operators that a flatbuffer names (schema.fbs: Model.operator_codes), with every offset checked. */
export function inspectTflite(source: ByteSource, inspection: Inspection): void {
  inspection.format('tflite');
  const at = (offset: number): number | undefined => { const bytes = source.read(offset, 4); return bytes.length < 4 ? undefined : u32(bytes, 0); };
  const field = (table: number, index: number): number | undefined => {
    const back = at(table);
    if (back === undefined) return undefined;
    const vtable = table - (back | 0);
    const head = source.read(vtable, 4);
    if (vtable < 0 || head.length < 4 || u16(head, 0) < 6 + index * 2) return undefined;
    const slot = source.read(vtable + 4 + index * 2, 2);
    const offset = slot.length < 2 ? 0 : u16(slot, 0);
    return offset === 0 ? undefined : table + offset;
  };
  const follow = (place: number | undefined): number | undefined => {
    const offset = place === undefined ? undefined : at(place);
    return offset === undefined || place === undefined ? undefined : place + offset;
  };
  const root = at(0);
  const codes = root === undefined ? undefined : follow(field(root, 1));
  if (root === undefined || root >= source.size || (codes !== undefined && codes >= source.size)) return inspection.issue('malformed', 'has offsets that point outside of the file');
  const count = codes === undefined ? 0 : at(codes) ?? 0;
  if (count * 4 > source.size) return inspection.issue('malformed', `counts ${count} operators, more than the file can hold`);
  for (let index = 0; codes !== undefined && index < Math.min(count, 10_000); index++) {
    const table = follow(codes + 4 + index * 4);
    const text = table === undefined ? undefined : follow(field(table, 1));
    const length = text === undefined ? undefined : at(text);
    if (table === undefined || table >= source.size || (text !== undefined && (length === undefined || length > source.size - text))) return inspection.issue('malformed', 'has offsets that point outside of the file');
    if (text === undefined || length === undefined || length === 0) continue;
    const name = latin1(source.read(text + 4, Math.min(length, 200))).replace(/[^\x20-\x7e]/g, '·');
    inspection.global(name);
    if (harmful.test(name)) inspection.issue('dangerous', `runs the operation ${name}, which reaches files or Python`);
    else if (!known.test(name)) inspection.issue('unknown', `needs the operator ${name}, which a library of its own brings`);
  }
}
