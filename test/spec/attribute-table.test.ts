import assert from 'node:assert/strict';
import { attributeRules, type AttributeRow } from '../../server/rule/attribute-table.ts';
import { analyzerFor, rootedPath } from '../support/analyze.ts';

const base: AttributeRow = {
  id: 'storage/sample', title: 'Sample', types: ['aws_db_instance'], path: 'storage_encrypted', must: { is: [true] }, absent: 'fine', noun: 'Database', problem: 'is stored in plain', severity: 'high', why: 'It is a sample.', references: ['CWE-311'],
};

/** Texts that a row marks in the body of a database. */
function marks(row: Partial<AttributeRow>, ...body: readonly string[]): readonly string[] {
  const text = `variable "unknown" {\n}\nresource "aws_db_instance" "main" {\n${body.map((line) => `  ${line}\n`).join('')}}\n`;
  return analyzerFor({ 'main.tf': text }, attributeRules([{ ...base, ...row }])).analyze(rootedPath('main.tf')).findings.map((one) => text.slice(one.range.start, one.range.end));
}

describe('rows of the attribute table', () => {
  it('compare booleans with all their spellings, and texts without case', () => {
    for (const value of ['false', '"false"', '"Disabled"', '"off"', '"no"']) assert.equal(marks({}, `storage_encrypted = ${value}`).length, 1, value);
    for (const value of ['true', '"true"', '"Enabled"', '"ON"', 'var.unknown']) assert.equal(marks({}, `storage_encrypted = ${value}`).length, 0, value);
    assert.equal(marks({ path: 'mode', must: { not: ['public'] } }, 'mode = "PUBLIC"').length, 1);
  });

  it('judge what is missing only where the default is bad and the resource is known', () => {
    assert.deepEqual(marks({}), []);
    assert.deepEqual(marks({ absent: 'bad' }), ['main']);
    assert.deepEqual(marks({ absent: 'bad' }, 'storage_encrypted = var.unknown'), []);
    assert.deepEqual(marks({ absent: 'bad', path: 'options.encrypted' }, 'dynamic "options" {', '  for_each = var.unknown', '  content {', '  }', '}'), []);
  });

  it('know an attribute by several names, and by one that means the opposite', () => {
    const row: Partial<AttributeRow> = { path: 'encrypted|!disable_encryption', absent: 'bad' };
    assert.deepEqual(marks(row), ['main']);
    assert.deepEqual(marks(row, 'encrypted = true'), []);
    assert.deepEqual(marks(row, 'disable_encryption = false'), []);
    assert.deepEqual(marks(row, 'disable_encryption = true'), ['true']);
  });

  it('look at one item of a list of named items', () => {
    const row: Partial<AttributeRow> = { path: 'parameter.value', item: { key: 'name', name: 'rds.force_ssl' }, must: { is: ['1'] } };
    assert.deepEqual(marks(row, 'parameter {', '  name  = "other"', '  value = "0"', '}'), []);
    assert.deepEqual(marks(row, 'parameter {', '  name  = "rds.force_ssl"', '  value = "0"', '}'), ['0']);
    assert.deepEqual(marks(row, 'parameter {', '  name  = "rds.force_ssl"', '  value = "1"', '}'), []);
  });

  it('hold only where their conditions certainly do', () => {
    const row: Partial<AttributeRow> = { when: [{ path: 'engine', must: { is: ['postgres'] } }] };
    assert.equal(marks(row, 'engine = "postgres"', 'storage_encrypted = false').length, 1);
    assert.equal(marks(row, 'engine = "mysql"', 'storage_encrypted = false').length, 0);
    assert.equal(marks(row, 'engine = var.unknown', 'storage_encrypted = false').length, 0);
  });

  it('are content with another path that makes the resource good', () => {
    const row: Partial<AttributeRow> = { absent: 'bad', orPath: [{ path: 'kms_key_id', must: 'present' }] };
    assert.deepEqual(marks(row, 'kms_key_id = "key"'), []);
    assert.deepEqual(marks(row, 'kms_key_id = ""'), ['main']);
  });

  it('compare numbers by range, whatever their spelling, and lists by what they hold', () => {
    assert.equal(marks({ path: 'days', must: { least: 7 } }, 'days = 6').length, 1);
    assert.equal(marks({ path: 'days', must: { least: 7 } }, 'days = "7"').length, 0);
    assert.equal(marks({ path: 'days', must: { most: 90 } }, 'days = 91').length, 1);
    assert.equal(marks({ path: 'logs', must: { all: ['audit'] } }, 'logs = ["general"]').length, 1);
    assert.equal(marks({ path: 'logs', must: { all: ['audit'] } }, 'logs = ["general", "audit"]').length, 0);
    assert.equal(marks({ path: 'logs', must: { all: ['audit'] } }, 'logs = ["general", var.unknown]').length, 0);
  });
});
