export declare function withCredentials(text: string): string;
