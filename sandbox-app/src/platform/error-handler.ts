import type { ErrorRequestHandler, RequestHandler } from 'express';
import { AppError, notFound } from './errors.ts';
import { PartnerError } from './http-client.ts';

const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

function toAppError(error: Error & { code?: string; status?: number }): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof PartnerError) return new AppError(502, 'partner_error', 'A partner service refused the request');
  if (error.code === UNIQUE_VIOLATION) return new AppError(409, 'conflict', 'It already exists');
  if (error.code === FOREIGN_KEY_VIOLATION)
    return new AppError(422, 'unknown_reference', 'It refers to something unknown');
  if (error.code?.startsWith('UND_ERR_'))
    return new AppError(504, 'partner_timeout', 'A partner service did not answer');
  if (error.status && error.status >= 400 && error.status < 500) {
    return new AppError(error.status, 'invalid_request', error.message);
  }
  return new AppError(500, 'internal_error', 'Something went wrong on our side');
}

export const unknownRoute: RequestHandler = (req) => {
  throw notFound(`${req.method} ${req.path}`);
};

export const errorHandler: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const answer = toAppError(error);
  if (answer.status >= 500) res.err = error;
  res.status(answer.status).json({ error: { code: answer.code, message: answer.message, requestId: req.id } });
};
