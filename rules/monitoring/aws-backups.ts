import { lookIn } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const { recovery } = families;
const protectedTypes = ['aws_dynamodb_table', 'aws_db_instance', 'aws_rds_cluster', 'aws_ebs_volume', 'aws_fsx_lustre_file_system', 'aws_fsx_ontap_file_system', 'aws_fsx_openzfs_file_system', 'aws_fsx_windows_file_system', 'aws_docdb_cluster', 'aws_neptune_cluster'];

export default [
  objectRule({
    id: 'monitoring/without-backup-plan', title: 'Data store of no backup plan', severity: 'info', confidence: 'low', types: protectedTypes, file: 'main.tf', references: recovery.references, why: 'Backups that belong to the resource are deleted with it; a plan keeps copies in a vault of their own.',
    what: 'Reports tables, databases, volumes and file systems that no backup selection of the same template names. Selections by tag or of everything count for all.', whenNotToUse: 'Where plans are kept elsewhere.', noFix: 'A plan and a vault have to be chosen.',
    check: (resource, tell, context) => {
      const selections = context.unit.byType.get('aws_backup_selection') ?? [];
      const broad = selections.some((one) => ['selection_tag', 'condition', 'conditions', 'list_of_tags'].some((name) => one.attributes.has(name)) || lookIn(mapOfResource(one), 'resources').unknown);
      if (resource.mode !== 'managed' || !/^(?:terraform|cloudformation|pulumi-yaml)/.test(resource.dialect) || !resource.complete || broad || resource.companions.some((one) => one.type === 'aws_backup_selection')) return;
      tell(undefined, `"${resource.name}" belongs to no backup plan.`);
    },
    bad: 'resource "aws_dynamodb_table" "charts" {\n                               ^^^^^^\n  hash_key = "id"\n}\n', good: 'resource "aws_dynamodb_table" "charts" {\n  hash_key = "id"\n}\nresource "aws_backup_selection" "data" {\n  plan_id   = "a"\n  resources = [aws_dynamodb_table.charts.arn]\n}\n',
  }),
  objectRule({
    id: 'monitoring/unattached-volume', title: 'Volume of no instance', severity: 'info', confidence: 'low', types: ['aws_ebs_volume'], file: 'main.tf', references: recovery.references, why: 'Data on a forgotten disk is neither watched nor deleted.', what: 'Reports volumes that no attachment of the same template names.', noFix: 'Whether it is needed has to be decided.',
    check: (resource, tell) => { if (resource.mode === 'managed' && resource.complete && (resource.dialect.startsWith('terraform') || resource.dialect.startsWith('cloudformation')) && !resource.companions.some((one) => one.type === 'aws_volume_attachment' || one.type === 'aws_instance')) tell(undefined, `Volume "${resource.name}" is attached to nothing.`); },
    bad: 'resource "aws_ebs_volume" "old" {\n                           ^^^\n  size = 10\n}\n', good: 'resource "aws_ebs_volume" "data" {\n  size = 10\n}\nresource "aws_volume_attachment" "data" {\n  volume_id   = aws_ebs_volume.data.id\n  instance_id = "i-1"\n}\n',
  }),
  objectRule({
    id: 'storage/simpledb', title: 'Table in SimpleDB', severity: 'info', confidence: 'high', types: ['aws_simpledb_domain'], file: 'main.tf', references: families.atRest.references, why: 'SimpleDB encrypts nothing at rest and is no longer developed.', what: 'Reports domains of Amazon SimpleDB.', noFix: 'The data has to be moved to another service.',
    check: (resource, tell) => { if (resource.mode === 'managed') tell(undefined, `Domain "${resource.name}" is kept in SimpleDB, without encryption at rest.`); },
    bad: 'resource "aws_simpledb_domain" "charts" {\n                                ^^^^^^\n  name = "charts"\n}\n', good: 'resource "aws_dynamodb_table" "charts" {\n  name = "charts"\n}\n',
  }),
];
