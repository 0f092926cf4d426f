module todo-chatbot.local/offline/runc-here

go 1.26
