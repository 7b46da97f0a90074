"""The review page: a person looks at clips, questions and answers and decides. `page` alone speaks to Gradio."""
