import assert from 'node:assert/strict';
import { foundIn, reports } from '../support/infrastructure.ts';

const database = (value: string): string => `resource "aws_db_instance" "main" {\n  storage_encrypted = ${value}\n}\n`;
const rule = 'storage/unencrypted-rds';
const bad = (text: string, others: Readonly<Record<string, string>> = {}): boolean => reports(foundIn('main.tf', text, others), rule);

describe('Terraform', () => {
  it('reads literals, and reports what is missing at the name', () => {
    assert.ok(reports(foundIn('main.tf', database('false')), rule, 'false'));
    assert.ok(!bad(database('true')));
    assert.ok(reports(foundIn('main.tf', 'resource "aws_db_instance" "main" {\n}\n'), rule, 'main'));
  });

  it('follows locals and defaults of variables to where the value is used', () => {
    assert.ok(bad(`locals {\n  secure = false\n}\n${database('local.secure')}`));
    assert.ok(bad(`variable "secure" {\n  default = false\n}\n${database('var.secure')}`));
    assert.ok(!bad(`variable "secure" {\n  default = true\n}\n${database('var.secure')}`));
  });

  it('lets tfvars win over defaults', () => {
    const text = `variable "secure" {\n  default = false\n}\n${database('var.secure')}`;
    assert.ok(!bad(text, { 'terraform.tfvars': 'secure = true\n' }));
    assert.ok(bad(text.replace('= false', '= true'), { 'terraform.tfvars': 'secure = false\n' }));
  });

  it('never reports what it does not know', () => {
    for (const value of ['var.secure', 'data.external.x.result.secure', 'module.settings.secure', 'lookup(var.all, "secure")', 'try(var.a, null)', 'each.value.secure', 'terraform.workspace == "prod"']) {
      assert.ok(!bad(`variable "secure" {\n  type = bool\n}\nvariable "all" {\n}\nvariable "a" {\n}\n${database(value)}`), value);
    }
  });

  it('does not take a block for missing where blocks are made from values', () => {
    const group = (rules: string): readonly string[] => foundIn('main.tf', `resource "aws_security_group" "api" {\n${rules}}\n`);
    assert.ok(!reports(group('  dynamic "ingress" {\n    for_each = var.rules\n    content {\n      from_port   = 22\n      to_port     = 22\n      protocol    = "tcp"\n      cidr_blocks = ingress.value\n    }\n  }\n'), 'network/open-ssh'));
    assert.ok(reports(group('  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n'), 'network/open-ssh'));
  });

  it('reads policies in jsonencode, heredocs and data sources', () => {
    const policy = (value: string): readonly string[] => foundIn('main.tf', `resource "aws_iam_policy" "all" {\n  policy = ${value}\n}\n`);
    assert.ok(reports(policy('jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })'), 'iam/administrator-policy'));
    assert.ok(reports(policy('<<EOF\n{ "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] }\nEOF'), 'iam/administrator-policy'));
    assert.ok(reports(foundIn('main.tf', 'data "aws_iam_policy_document" "all" {\n  statement {\n    actions   = ["*"]\n    resources = ["*"]\n  }\n}\n'), 'iam/administrator-policy'));
    assert.ok(!reports(policy('jsonencode({ Statement = [{ Effect = "Allow", Action = var.actions, Resource = "*" }] })'), 'iam/administrator-policy'));
  });

  it('judges a local module with the arguments of its call', () => {
    const module = { 'db/main.tf': `variable "secure" {\n  type = bool\n}\n${database('var.secure')}` };
    const call = (argument: string): readonly string[] => foundIn('main.tf', `module "db" {\n  source = "./db"\n  secure = ${argument}\n}\n`, module);
    assert.ok(reports(call('false'), rule, 'false'));
    assert.ok(!reports(call('true'), rule));
    assert.ok(!reports(call('var.unknown'), rule));
  });

  it('goes through what is repeated, instance by instance', () => {
    const databases = (over: string, value: string): string => `resource "aws_db_instance" "main" {\n  ${over}\n  storage_encrypted = ${value}\n}\n`;
    for (const over of ['for_each = { a = { secure = true }, b = { secure = false } }', 'for_each = { for name in ["a", "b"] : name => { secure = name != "b" } }', 'for_each = { for k, v in { a = true, b = false, c = false } : k => { secure = v } if k != "c" }']) {
      assert.ok(reports(foundIn('main.tf', databases(over, 'each.value.secure')), rule, 'each.value.secure'), over);
      assert.ok(!bad(databases(over.replace('name != "b"', 'true').replaceAll('b = false', 'b = true').replaceAll('secure = false', 'secure = true'), 'each.value.secure')), over);
    }
    assert.ok(bad(`variable "secure" {\n  default = [true, false]\n}\n${databases('count = length(var.secure)', 'var.secure[count.index]')}`));
    assert.ok(!bad(databases('for_each = var.databases', 'each.value.secure')));
    assert.ok(!bad(databases('for_each = { for k, v in var.databases : k => v if v.on }', 'each.value.secure')));
    const module = { 'db/main.tf': `variable "secure" {\n  type = bool\n}\n${database('var.secure')}` };
    const calls = (values: string): string => `module "db" {\n  source   = "./db"\n  for_each = ${values}\n  secure   = each.value\n}\n`;
    assert.ok(bad(calls('{ a = true, b = false }'), module) && !bad(calls('{ a = true, b = true }'), module));
  });

  it('keeps companions of what is repeated', () => {
    const buckets = 'resource "aws_s3_bucket" "data" {\n  for_each = toset(["a", "b"])\n  bucket   = each.key\n}\n';
    const block = 'resource "aws_s3_bucket_public_access_block" "data" {\n  for_each                = toset(["a", "b"])\n  bucket                  = aws_s3_bucket.data[each.key].id\n  block_public_acls       = true\n  block_public_policy     = true\n  ignore_public_acls      = true\n  restrict_public_buckets = true\n}\n';
    assert.ok(reports(foundIn('main.tf', buckets), 'network/bucket-allows-public-acls'));
    assert.ok(!reports(foundIn('main.tf', buckets + block), 'network/bucket-allows-public-acls'));
  });

  it('takes from the type of a variable what its value leaves out', () => {
    const text = (type: string, value: string): string => `variable "settings" {\n  type    = object({ secure = optional(bool${type}) })\n  default = ${value}\n}\n${database('var.settings.secure')}`;
    assert.ok(bad(text(', false', '{}')) && bad(text(', true', '{ secure = false }')));
    assert.ok(!bad(text(', true', '{}')) && !bad(text(', false', '{ secure = true }')));
    assert.ok(!bad('variable "settings" {\n  type = object({ secure = optional(bool, false) })\n}\n' + database('var.settings.secure')));
  });

  it('works out what functions give, and takes the next value where a path leads nowhere', () => {
    for (const value of ['contains(["a"], "b")', 'try({ a = true }.b, false)', 'element([true, false], 1)', 'startswith("prod", "dev")', 'length(keys({ a = 1 })) == 2', '[for one in [{ on = false }] : one.on][0]', 'one([{ on = false }][*].on)', 'null != null']) {
      assert.ok(bad(database(value)), value);
    }
    for (const value of ['contains(var.a, "b")', 'try(var.a.b, false)', 'element(var.a, 1)', 'length(var.a) == 2', '[for one in var.a : one.on][0]', 'var.a == null']) assert.ok(!bad(`variable "a" {\n}\n${database(value)}`), value);
  });

  it('reads settings from files of JSON and YAML', () => {
    const text = (call: string): string => `locals {\n  settings = ${call}\n}\n${database('local.settings.secure')}`;
    assert.ok(bad(text('jsondecode(file("${path.module}/settings.json"))'), { 'settings.json': '{ "secure": false }' }) && !bad(text('jsondecode(file("${path.module}/settings.json"))'), { 'settings.json': '{ "secure": true }' }));
    assert.ok(bad(text('yamldecode(file("./settings.yaml"))'), { 'settings.yaml': 'secure: false\n' }) && !bad(text('yamldecode(file("./settings.yaml"))')));
  });

  it('does not judge by defaults what defaults do not make', () => {
    const group = (content: string): readonly string[] => foundIn('main.tf', `variable "ranges" {\n  default = []\n}\nvariable "any" {\n  default = ["0.0.0.0/0"]\n}\nresource "aws_security_group" "api" {\n  dynamic "ingress" {\n    for_each = length(var.ranges) > 0 ? [1] : []\n    content {\n      from_port   = 22\n      to_port     = 22\n      protocol    = "tcp"\n      cidr_blocks = ${content}\n    }\n  }\n}\n`);
    assert.ok(!reports(group('var.any'), 'network/open-ssh'));
    assert.ok(reports(group('["0.0.0.0/0"]'), 'network/open-ssh'));
  });

  it('joins companions to what they belong to', () => {
    const bucket = 'resource "aws_s3_bucket" "data" {\n  bucket = "data"\n}\n';
    const block = (name: string): string => `resource "aws_s3_bucket_public_access_block" "data" {\n  bucket                  = ${name}\n  block_public_acls       = true\n  block_public_policy     = true\n  ignore_public_acls      = true\n  restrict_public_buckets = true\n}\n`;
    assert.ok(reports(foundIn('main.tf', bucket), 'network/bucket-allows-public-acls'));
    for (const name of ['aws_s3_bucket.data.id', '"data"']) assert.ok(!reports(foundIn('main.tf', bucket + block(name)), 'network/bucket-allows-public-acls'), name);
  });

  it('reads Terraform in JSON with its references', () => {
    const text = (value: string): string => `{ "variable": { "secure": { "default": false }, "open": {} }, "resource": { "aws_db_instance": { "main": { "storage_encrypted": ${value} } } } }`;
    const found = (value: string): boolean => reports(foundIn('main.tf.json', text(value)), rule);
    assert.ok(found('false') && found('"${var.secure}"'));
    assert.ok(!found('true') && !found('"${var.open}"'));
  });

  it('reads plans, and what is known after they are applied as unknown', () => {
    const plan = (values: string, unknown = '{}'): string => `{ "format_version": "1.2", "terraform_version": "1.9.0", "planned_values": { "root_module": { "resources": [{ "address": "aws_db_instance.main", "mode": "managed", "type": "aws_db_instance", "name": "main", "values": ${values} }] } }, "resource_changes": [{ "address": "aws_db_instance.main", "change": { "after_unknown": ${unknown} } }] }`;
    const found = (text: string): boolean => reports(foundIn('tfplan.json', text), rule);
    assert.ok(found(plan('{ "storage_encrypted": false }')) && found(plan('{ "storage_encrypted": null }')));
    assert.ok(!found(plan('{ "storage_encrypted": true }')) && !found(plan('{}', '{ "storage_encrypted": true }')));
  });
});
