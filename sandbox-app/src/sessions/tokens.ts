import { createHash, randomBytes } from 'node:crypto';

export const createToken = (): string => `st_${randomBytes(24).toString('base64url')}`;

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
