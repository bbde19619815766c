declare const data: { readonly lines: string };
export default data;
