import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'The words of ?q= are pasted between quotes into the SQL text; account and limit are parameters, the words are not.',
    'A quote ends the literal, so what follows it is read as SQL; OR behind a closed bracket takes the account out of the decision, UNION reads any table.',
    'The same pattern is in the search of orders, of users and of products.',
    'The 500s for O’Neill are the same defect: a syntax error where a quote ends the literal too soon.',
    'The app’s role may read every tenant’s rows, so nothing behind the statement stops it.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'Says that the search is insecure.',
        3: 'Shows an input that brings foreign rows, and the statement that the server got.',
        5: 'Shows both ways (a widened condition, a second SELECT), ties the old 500s to it and finds all three places.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'Forbids words or characters, or filters rows afterwards.',
        3: 'Words are parameters in the search that was reported.',
        5: 'Words are parameters in every search, nothing is found less than before, and a test with hostile and awkward words stays behind.',
      },
    },
    {
      name: 'Judgement under pressure',
      anchors: {
        1: 'Switches the search off, or answers the customer before knowing.',
        3: 'Repairs first, then looks in the logs for who used it.',
        5: 'Also says what could have been read, since when, and by whom it was (requests with quotes and brackets in the access log), and who has to be told.',
      },
    },
    {
      name: 'Explanation',
      anchors: {
        1: '“We now sanitise the input.”',
        3: 'Says why data that is sent apart from the statement can’t become part of it.',
        5: 'Also says what a list of forbidden words costs honest users, and which second line of defence (row-level security, a lint rule) is worth having.',
      },
    },
  ],
});
