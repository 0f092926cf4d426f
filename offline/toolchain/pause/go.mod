module todo-chatbot.local/sandbox/pause

go 1.26
