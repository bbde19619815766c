import assert from 'node:assert/strict';
import { foundIn, reports } from '../support/infrastructure.ts';

const latest = 'dependencies/pipeline-image-latest';

describe('Pipelines of GitLab, Azure DevOps, CircleCI and Bitbucket', () => {
  const gitlab = 'stages: [train]\ntrain:\n  stage: train\n  image: python:latest\n  script: make\n';

  it('are told by their name, or by what they hold', () => {
    assert.ok(reports(foundIn('.gitlab-ci.yml', gitlab), latest, 'python:latest'));
    assert.ok(reports(foundIn('ci/templates/train.yml', gitlab), latest, 'python:latest'));
    assert.ok(reports(foundIn('ci/release.yml', 'version: 2.1\njobs:\n  a:\n    docker:\n      - image: python:latest\n    steps: [checkout]\n'), latest, 'python:latest'));
    assert.ok(reports(foundIn('ci/release.yml', 'pipelines:\n  default:\n    - step:\n        image: python:latest\n        script: [make]\n'), latest, 'python:latest'));
    assert.ok(!reports(foundIn('values.yaml', 'image: python:latest\nscripts:\n  script: make\n'), latest));
    assert.ok(!reports(foundIn('.gitlab-ci.yml', 'image: $IMAGE\ntrain:\n  image: !reference [.base, image]\n  script: make\n'), latest), 'what other parts decide is not known');
  });

  it('are read wherever a script may stand', () => {
    const piped = 'curl -sSL https://example.com/a.sh | bash';
    const rule = 'dependencies/pipeline-script-from-network';
    const azure = (...lines: readonly string[]): readonly string[] => foundIn('azure-pipelines.yml', ['pool:', '  vmImage: a', ...lines, ''].join('\n'));
    assert.ok(reports(azure('stages:', '  - stage: a', '    jobs:', '      - deployment: a', '        strategy:', '          runOnce:', '            deploy:', '              steps:', `                - bash: ${piped}`), rule, piped));
    assert.ok(reports(azure('steps:', '  - task: AzureCLI@2', '    inputs:', `      inlineScript: ${piped}`), rule, piped));
    assert.ok(reports(azure('steps:', '  - ${{ if true }}:', `    - script: ${piped}`), rule, piped));
    assert.ok(reports(foundIn('.gitlab-ci.yml', `default:\n  before_script:\n    - ${piped}\ntrain:\n  script: make\n`), rule, piped));
    assert.ok(reports(foundIn('.circleci/config.yml', `version: 2.1\ncommands:\n  a:\n    steps:\n      - run:\n          command: ${piped}\n`), rule, piped));
    assert.ok(!reports(foundIn('.gitlab-ci.yml', `train:\n  script:\n    - |\n      # ${piped}\n      make\n`), rule));
  });
});
