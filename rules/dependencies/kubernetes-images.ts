import { containersOf, nameOf, workloads } from '../../server/rule/kubernetes.ts';
import { scalar } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { setTo } from '../_fixes.ts';
import { objectRule } from '../_kubernetes.ts';
import { container, pod } from '../_kubernetes-samples.ts';

export default [
  objectRule({
    id: 'dependencies/image-without-digest',
    title: 'Image without a digest',
    severity: 'info',
    types: workloads,
    what: 'Reports images that are named by tag.',
    why: families.supply.why,
    references: families.supply.references,
    check: (resource, tell) => {
      for (const one of containersOf(resource)) {
        const image = one.map.entries.get('image')?.value;
        if (image?.kind === 'string' && !image.value.includes('@sha256:'))
          tell(image, `Image "${image.value}" of container "${one.name}" may change without notice, as it is not named by digest.`);
      }
    },
    bad: pod(['  containers:', '    - name: train', '      image: registry.example.com/train:1.2', '             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^']),
    good: pod(container()),
  }),
  objectRule({
    id: 'dependencies/image-latest',
    title: 'Image with the tag latest',
    severity: 'low',
    types: workloads,
    what: 'Reports images with the tag `latest`, without a tag, or without a name.',
    why: families.supply.why,
    references: families.supply.references,
    check: (resource, tell) => {
      for (const one of containersOf(resource)) {
        const image = one.map.entries.get('image')?.value;
        if (image?.kind !== 'string' || image.value.includes('@')) continue;
        const tag = /:([\w.-]+)$/.exec(image.value)?.[1];
        if (tag === undefined || tag === 'latest') tell(image, `Image "${image.value}" of container "${one.name}" is whatever was pushed last.`);
      }
    },
    bad: pod(['  containers:', '    - name: train', '      image: registry.example.com/train:latest', '             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^']),
    good: pod(container()),
  }),
  objectRule({
    id: 'workload/image-not-always-pulled',
    title: 'Image that is not always pulled',
    severity: 'info',
    confidence: 'medium',
    types: workloads,
    what: 'Reports containers whose `imagePullPolicy` is not `Always`.',
    why: 'An image that is on the node already can be run without the right to fetch it.',
    references: ['CM-7', 'AC-6'],
    check: (resource, tell) => {
      for (const one of containersOf(resource)) {
        const policy = one.map.entries.get('imagePullPolicy')?.value;
        const image = scalar(one.map.entries.get('image')?.value);
        if (
          policy?.kind === 'string'
            ? policy.value !== 'Always'
            : policy === undefined && one.map.complete && typeof image === 'string' && /:(?!latest$)[\w.-]+$|@sha256/.test(image)
        )
          tell(policy ?? nameOf(one.map), `Image of container "${one.name}" is not always pulled.`, setTo(resource, 'imagePullPolicy', 'Always', one.map));
      }
    },
    bad: pod(container('imagePullPolicy: IfNotPresent', '                 ^^^^^^^^^^^^')),
    fixed: true,
    good: pod(container('imagePullPolicy: Always')),
  }),
];
