/** What a grade comes to, in its folder. */
export const gradedFiles = ['scorecard.json', 'junit.xml', 'report.html'] as const;
