"""The page of terms: looked up by words, letter or topic, each with its document and its uses."""
