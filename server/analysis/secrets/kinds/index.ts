import ai from './ai.ts';
import clouds from './clouds.ts';
import development from './development.ts';
import type { TokenKind } from './kind.ts';
import more from './more.ts';
import products from './products.ts';
import services from './services.ts';

/** All kinds of tokens with a form of their own; longer and stricter forms of one prefix come first. */
export const tokenKinds: readonly TokenKind[] = [...ai, ...clouds, ...development, ...services, ...products, ...more];
