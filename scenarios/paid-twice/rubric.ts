import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'The payment provider delivers each event at least once; the handler has no memory of events or payments, so each delivery inserts a payments row, credits the balance and enqueues a job.',
    'The handler asks the provider for the payment before it does anything; when that call takes longer than the 2 s in which the provider waits for us, the delivery counts as failed and is repeated although the first handling goes on and finishes.',
    'The steps of the handler are separate statements without a transaction, and nothing in the database (payments_provider_payment_id_idx is not unique) stops two concurrent handlings.',
    'The job ships first and mails last; a failed mail makes BullMQ repeat the whole job, and every attempt requests another shipment because no Idempotency-Key is sent.',
    'There are two replicas and processes die, so neither memory of one process nor a marker set before the work is done is a sound way to recognise duplicates.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'Says that webhooks are duplicated; blames the provider.',
        3: 'Names the missing idempotency in the webhook and that job retries repeat shipments.',
        5: 'Keeps the three multipliers apart (copies, late acknowledgements, job retries), shows each with ids and times from ledger, log or tables, and sees the races.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'Filters duplicates in memory or in Redis before the work; loses payments when a process dies.',
        3: 'A unique constraint or status guard makes recording idempotent; one of mail, shipment, crash in between is left open.',
        5: 'One durable gate in the same transaction as all that depends on it, steps that repeat safely one by one, keys at the partners, and a repeated delivery heals a half-done one.',
      },
    },
    {
      name: 'Care with what runs',
      anchors: {
        1: 'The migration fails on the duplicates that are already there, or jobs of the old version break the new worker.',
        3: 'Deploys without harm; existing duplicates are left as they are, and it is said so.',
        5: 'Cleans up rows and balances in the migration or with a separate script, knows which lock is taken for how long, and old and new code get along during the roll-out.',
      },
    },
    {
      name: 'Explanation',
      anchors: {
        1: 'Describes the change, not why it is right.',
        3: 'Says which duplicate each part of the change stops.',
        5: 'Argues per failure point (before commit, after commit, after enqueue, after the partner’s answer) why nothing is lost or done twice, and what would show it in production.',
      },
    },
  ],
});
