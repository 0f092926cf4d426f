module todo-chatbot.local/sandbox/runc-here

go 1.26
