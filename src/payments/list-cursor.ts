import { z } from 'zod';
import { toOrderId } from '../domain/identity.ts';

/** What a page ends with: the last payment's place, as good tomorrow as today. */
export const cursorFor = (createdAt: number, orderId: string): string => `${createdAt}.${orderId}`;

export const cursor = z
  .string()
  .regex(/^[0-9]{1,13}\.[A-Za-z0-9_-]{1,64}$/, 'is not the nextCursor of a list')
  .transform((text) => {
    const dot = text.indexOf('.');
    return { createdAt: Number(text.slice(0, dot)), orderId: toOrderId(text.slice(dot + 1)) };
  });
