import { lookIn, truth } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const sources = ['db_cluster_identifier', 'db_instance_identifier'];
const cluster = (line: string, mark = ''): string => `resource "aws_rds_cluster" "charts" {\n  engine = "aurora-postgresql"\n${line}}\n\nresource "aws_db_cluster_snapshot" "before" {\n${mark}  db_cluster_identifier = aws_rds_cluster.charts.id\n}\n`;

/** Snapshots are encrypted as what they are made of; the provider has no setting of its own. */
export default [
  objectRule({
    id: 'storage/snapshot-not-known-encrypted',
    title: 'Snapshot of a database without encryption',
    severity: 'info',
    confidence: 'medium',
    types: ['aws_db_cluster_snapshot', 'aws_neptune_cluster_snapshot', 'aws_docdb_cluster_snapshot', 'aws_db_snapshot'],
    what: 'Reports snapshots of databases of the same configuration that are not encrypted.',
    why: families.atRest.why,
    references: families.atRest.references,
    whenNotToUse: 'Where the database holds nothing of value and is removed with its environment.',
    noFix: 'The database has to be encrypted, which means that it is made anew.',
    file: 'main.tf',
    check: (resource, tell, context) => {
      for (const name of sources) {
        const value = resource.attributes.get(name)?.value;
        const source = value?.kind === 'reference' ? context.unit.byAddress.get(value.target) : undefined;
        if (!source?.complete || source.mode !== 'managed' || source.attributes.has('snapshot_identifier') || source.attributes.has('kms_key_id')) continue;
        const own = lookIn(mapOfResource(source), 'storage_encrypted');
        if (!own.unknown && (own.values.length === 0 || truth(own.values[0]) === false)) tell(undefined, `Snapshot "${resource.name}" is stored without encryption at rest, as its database is.`);
      }
    },
    bad: cluster('', `${' '.repeat(36)}^^^^^^\n`),
    good: cluster('  storage_encrypted = true\n'),
  }),
];
