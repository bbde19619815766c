/** The file that samples of Ansible are. */
export const file = 'playbook.yml';

/** A play with tasks, from their lines. */
export const play = (...lines: readonly string[]): string => ['- hosts: all', '  tasks:', ...lines.map((line) => `    ${line}`), ''].join('\n');
