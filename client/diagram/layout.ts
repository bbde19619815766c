export { layout, type Layout } from '../../server/threat/layout.ts';
