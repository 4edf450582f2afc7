"""Stories for students: steps of text beside live views of the other pages."""
