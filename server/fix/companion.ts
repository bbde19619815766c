import type { EditIntent, Literal, Printed } from '../model/fix.ts';
import type { Resource } from '../model/resource.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';
import { hclLines } from './hcl-literal.ts';

/** What is set beside a bucket since version 4 of Terraform's AWS provider, by the block that a bucket had for it or would have. */
const ofBucket: Readonly<Record<string, ((rest: readonly string[], value: Literal) => Companion | undefined) | undefined>> = {
  public_access_block: () => ({ type: 'aws_s3_bucket_public_access_block', lines: ['block_public_acls       = true', 'block_public_policy     = true', 'ignore_public_acls      = true', 'restrict_public_buckets = true'] }),
  server_side_encryption_configuration: (rest, value) => ({ type: 'aws_s3_bucket_server_side_encryption_configuration', lines: hclLines(rest, value, '') }),
  versioning: ([name]) => (name === 'enabled' ? { type: 'aws_s3_bucket_versioning', lines: hclLines(['versioning_configuration', 'status'], 'Enabled', '') } : undefined),
  object_lock_configuration: () => undefined,
};

interface Companion {
  readonly type: string;
  readonly lines: readonly string[];
}

/** True where an attribute is not written into the resource but into one of its own beside it. */
export function standsBeside(resource: Resource, path: readonly string[]): boolean {
  return resource.dialect === 'terraform' && resource.type === 'aws_s3_bucket' && Object.hasOwn(ofBucket, path[0]!) && !resource.attributes.has(path[0]!);
}

/** Adds the resource that holds an attribute, behind the one that it belongs to. Undefined where that needs a decision, or an index. */
export function printCompanion(document: Document, resource: Resource, path: readonly string[], value: Literal): Printed {
  const companion = ofBucket[path[0]!]?.(path.slice(1), value);
  return companion && printBeside(document, resource, companion.type, [`bucket = aws_s3_bucket.${resource.name}.id`, '', ...companion.lines]);
}

/** Writes a resource behind another one. */
export function printAddCompanion({ resource, type, lines }: Extract<EditIntent, { kind: 'addCompanion' }>, sources: Sources): Printed {
  const document = sources.document(resource.origin.path);
  return document && printBeside(document, resource, type, lines);
}

function printBeside(document: Document, resource: Resource, type: string, body: readonly string[]): Printed {
  const { end } = resource.origin.range;
  if (resource.repeated) return { refused: `The resource is one of several; the ${type} beside it has to be repeated like it.` };
  if (document.text[end - 1] !== '}') return undefined;
  const lines = ['', '', `resource "${type}" "${resource.name}" {`, ...body.map((line) => (line === '' ? '' : `  ${line}`)), '}'];
  return [{ path: document.path, range: { start: end, end }, text: lines.join('\n') }];
}
